"""The forms of the register."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.regulations.choices import RegulationKind, RegulationStatus, RelationKind
from shared_apps.regulations.models import Regulation
from shared_apps.regulations.names import read_citation
from shared_apps.regulations.selectors import cited_as

FIRST_YEAR = 1945


class ChangeForm(forms.Form):
    """What the register says of a regulation."""

    about = forms.CharField(
        label=gettext_lazy("Tentang"),
        help_text=gettext_lazy("Judulnya tanpa jenis, nomor, dan tahun."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    own_status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        help_text=gettext_lazy("Pengubahan dan pencabutan oleh peraturan lain dicatat sendiri."),
        choices=RegulationStatus.choices,
    )
    set_on = forms.DateField(
        label=gettext_lazy("Tanggal penetapan"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        help_text=gettext_lazy("Alamat naskahnya, misalnya di JDIH."),
        max_length=300,
        required=False,
    )


class AddForm(ChangeForm):
    """A new regulation."""

    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=RegulationKind.choices)
    number = forms.CharField(
        label=gettext_lazy("Nomor"), help_text=gettext_lazy("Misalnya 11."), max_length=30
    )
    year = forms.IntegerField(label=gettext_lazy("Tahun"), min_value=FIRST_YEAR)
    field_order = ["kind", "number", "year", "about", "own_status", "set_on", "source"]

    def clean_number(self) -> str:
        """Return the number as it can be cited."""
        number = " ".join(str(self.cleaned_data["number"]).split()).upper()
        if read_citation(f"PP {number}/2000") is None:
            raise forms.ValidationError(
                _("Tulis nomornya saja: huruf, angka, titik, garis hubung, atau garis miring.")
            )
        return number

    def clean_year(self) -> int:
        """Return the year; later ones than the next are slips."""
        year = int(self.cleaned_data["year"])
        if year > datetime.date.today().year + 1:
            raise forms.ValidationError(_("Tahun ini belum tiba."))
        return year


class RelationForm(forms.Form):
    """What a regulation does to another."""

    kind = forms.ChoiceField(label=gettext_lazy("Peraturan ini"), choices=RelationKind.choices)
    other = forms.CharField(
        label=gettext_lazy("Peraturan"),
        help_text=gettext_lazy("Seperti biasa ditulis: PP 11/2017."),
        max_length=100,
    )
    article = forms.CharField(
        label=gettext_lazy("Pasal"),
        help_text=gettext_lazy("Bila hanya pasal tertentu, misalnya 203 ayat (4a)."),
        max_length=60,
        required=False,
    )
    checked = forms.BooleanField(
        label=gettext_lazy("Sudah saya cocokkan dengan naskahnya"),
        help_text=gettext_lazy(
            "Status peraturan itu berubah saat disimpan, dan semua materi yang merujuknya ditandai."
        ),
        required=False,
    )

    def clean_other(self) -> Regulation:
        """Return the regulation that is meant."""
        text = str(self.cleaned_data["other"])
        if read_citation(text) is None:
            raise forms.ValidationError(_("Tulis jenis, nomor, dan tahun, misalnya PP 11/2017."))
        found = cited_as(text)
        if found is None:
            raise forms.ValidationError(_("Peraturan ini belum ada di register. Tambahkan dahulu."))
        return found

    def clean_article(self) -> str:
        """Return the article without the word before it."""
        article = " ".join(str(self.cleaned_data["article"]).split())
        return article[6:] if article.lower().startswith("pasal ") else article


def initial_of(regulation: Regulation) -> dict[str, Any]:
    """Return what the form of a known regulation begins with."""
    return {name: getattr(regulation, name) for name in ChangeForm.base_fields}
