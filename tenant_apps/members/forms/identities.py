"""Forms of the confirmation queue."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RejectionForm(forms.Form):
    """Why a claim is rejected; the person reads it."""

    reason = forms.CharField(
        label=_("Alasan penolakan"),
        help_text=_(
            "Pegawai yang bersangkutan membacanya di halaman akun "
            "agar tahu apa yang perlu diperbaiki."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
