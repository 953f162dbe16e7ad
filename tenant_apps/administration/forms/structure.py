"""Forms of the structure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenant_apps.administration.choices import CorpuRole


class PersonForm(forms.Form):
    """Who it is: somebody with an account, or just a name."""

    name = forms.CharField(
        label=_("Nama"),
        help_text=_("Dengan gelar, seperti akan ditampilkan."),
        max_length=120,
        required=False,
    )
    login = forms.CharField(
        label=_("NIP atau e-mail akunnya"),
        help_text=_("Isi bila orangnya punya akun; namanya lalu mengikuti akun itu."),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    position = forms.CharField(
        label=_("Jabatan"),
        help_text=_("Misalnya Kepala Badan Pengembangan SDM."),
        max_length=160,
        required=False,
    )
    order = forms.IntegerField(
        label=_("Urutan"),
        help_text=_("Angka kecil lebih dahulu."),
        min_value=1,
        max_value=999,
        initial=1,
    )


class SeatForm(PersonForm):
    """One seat."""

    role = forms.ChoiceField(label=_("Kedudukan"), choices=CorpuRole.choices)
    label = forms.CharField(
        label=_("Sebutan lain"),
        help_text=_("Bila di instansi Anda kedudukan ini bernama lain."),
        max_length=80,
        required=False,
    )
    field = forms.CharField(
        label=_("Bidang"),
        help_text=_("Untuk wakil ketua: bidang yang dipegangnya."),
        max_length=120,
        required=False,
    )
    field_order = ["role", "label", "field", "name", "login", "position", "order"]


class AcademyForm(PersonForm):
    """One academy and its head."""

    title = forms.CharField(label=_("Nama akademi"), max_length=120)
    description = forms.CharField(
        label=_("Uraian"),
        help_text=_("Boleh memakai Markdown."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ["title", "description", "name", "login", "position", "order"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["name"].label = _("Nama kepala akademi")
        self.fields["position"].label = _("Jabatan kepala akademi")
