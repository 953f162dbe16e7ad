"""The upload of earlier certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A filled-in table; known codes with other data are only changed when asked for."""

    berkas = forms.FileField(
        label=_("Berkas XLSX atau CSV"),
        error_messages={
            "required": _("Pilih berkas yang sudah diisi."),
            "empty": _("Berkas itu kosong."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    perbarui = forms.BooleanField(
        label=_("Perbarui data dari kode yang sudah tercatat"), required=False
    )
    use_required_attribute = False
