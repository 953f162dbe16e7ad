"""Forms around seats: assigning people, notes that they read, proposing people, letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared_apps.employees.choices import GRADES, PostKind


class NumbersForm(forms.Form):
    """Numbers of people, pasted."""

    numbers = forms.CharField(
        label=_("NIP atau NI PPPK"),
        help_text=_("Satu per baris; boleh ditempel dari lembar kerja. Paling banyak 10.000."),
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 8, "inputmode": "numeric"}),
    )


class FileForm(forms.Form):
    """A filled-in table."""

    file = forms.FileField(
        label=_("Berkas XLSX atau CSV"),
        help_text=_("Kolom NIP wajib; kolom lain diabaikan."),
    )


class RuleForm(forms.Form):
    """People of the own agency by unit, kind of post and grade."""

    unit = forms.ChoiceField(
        label=_("Unit kerja"), required=False, help_text=_("Termasuk unit di bawahnya.")
    )
    post_kinds = forms.MultipleChoiceField(
        label=_("Jenis jabatan"),
        required=False,
        choices=PostKind.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    grades = forms.MultipleChoiceField(
        label=_("Golongan"),
        help_text=_("Di komputer, tahan Ctrl untuk memilih beberapa."),
        required=False,
        choices=GRADES,
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 8}),
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", _("Semua unit")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A rule narrows by something: the whole agency is never assigned by mistake."""
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("unit", "post_kinds", "grades")):
            raise forms.ValidationError(
                _("Pilih sedikitnya satu unit, jenis jabatan, atau golongan.")
            )
        return data


class NoteForm(forms.Form):
    """A sentence that the people concerned read."""

    note = forms.CharField(
        label=_("Catatan"),
        help_text=_("Orang yang bersangkutan membacanya."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalForm(NumbersForm):
    """People proposed for another tenant's class."""

    note = forms.CharField(
        label=_("Catatan untuk penyelenggara"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LetterForm(forms.Form):
    """A call letter: its number and whom it is addressed to."""

    number = forms.CharField(
        label=_("Nomor surat"), max_length=80, help_text=_("Misalnya 800/123/Diklat/2026.")
    )
    agency = forms.ChoiceField(label=_("Ditujukan kepada"), required=False)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [  # type: ignore[attr-defined]
            ("", _("Semua peserta")),
            *agencies,
        ]
