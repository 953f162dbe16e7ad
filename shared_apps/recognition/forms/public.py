"""Forms of the public verification pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared_apps.recognition import codes, selectors

FILE_LIMIT = 2 * 1024 * 1024


class CodeForm(forms.Form):
    """The code of a certificate as people copy it: with blanks, in lower case, O for 0."""

    kode = forms.CharField(
        label=_("Kode sertifikat"),
        help_text=_(
            "12 huruf dan angka di samping kode QR, misalnya 7KQ2-M9XD-40RT. Untuk sertifikat dari"
            " sebelum Lintas, tulis kode atau nomornya."
        ),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    use_required_attribute = False

    def clean_kode(self) -> str:
        """Return the normalised code; a pasted address of a certificate will do too."""
        text = self.cleaned_data["kode"]
        if "/" in text:
            text = text.partition("?")[0].partition("#")[0].rstrip("/").rsplit("/", 1)[-1]
        code = codes.normalise_code(text)
        if code:
            return code
        # Numbers of earlier certificates may have slashes, so the text is tried as it was typed.
        key = codes.fold(self.cleaned_data["kode"])
        for folded in (key, codes.fold(text)):
            if folded and selectors.earlier_certificates(folded):
                return folded
        raise forms.ValidationError(
            _(
                "Tidak ada sertifikat dengan kode atau nomor itu. Kode dari sini terdiri dari 12"
                " huruf dan angka, tanpa huruf I, L, O, dan U."
            )
        )


class FileForm(forms.Form):
    """A PDF whose hash is compared with those that were issued."""

    berkas = forms.FileField(
        label=_("Berkas PDF"),
        error_messages={
            "required": _("Pilih berkas PDF yang ingin diperiksa."),
            "empty": _("Berkas itu kosong."),
        },
    )

    def clean_berkas(self) -> Any:
        """Refuse a file that cannot be one of ours by its size."""
        upload = self.cleaned_data["berkas"]
        if upload.size > FILE_LIMIT:
            raise forms.ValidationError(
                _("Berkas itu lebih besar dari 2 MB, jadi bukan sertifikat dari sini.")
            )
        return upload
