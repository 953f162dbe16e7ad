"""Forms of the tenant's profile and look."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toolkit import colours

ZONES = (
    ("Asia/Jakarta", _("WIB (Jakarta)")),
    ("Asia/Makassar", _("WITA (Makassar)")),
    ("Asia/Jayapura", _("WIT (Jayapura)")),
)


class ProfileForm(forms.Form):
    """Names, contacts and what certificates begin with."""

    name = forms.CharField(label=_("Nama penyelenggara"), max_length=120)
    tagline = forms.CharField(
        label=_("Satu kalimat tentang Anda"),
        help_text=_("Tampil di beranda, di bawah nama."),
        max_length=200,
        required=False,
    )
    description = forms.CharField(
        label=_("Tentang penyelenggara"),
        help_text=_(
            "Tampil di halaman Tentang. Boleh memakai Markdown: **tebal**, daftar, tautan."
        ),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    address = forms.CharField(
        label=_("Alamat"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    phone = forms.RegexField(
        r"^\+?[0-9 ()/.-]{5,40}$",
        label=_("Telepon atau WhatsApp"),
        error_messages={"invalid": _("Tulis nomor dengan angka, misalnya 0361 123456.")},
        required=False,
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    website = forms.URLField(
        label=_("Situs"), max_length=200, required=False, assume_scheme="https"
    )
    place = forms.CharField(
        label=_("Kota pada sertifikat"),
        help_text=_("Dicetak sebelum tanggal, misalnya Denpasar."),
        max_length=60,
        required=False,
    )
    signer_name = forms.CharField(label=_("Nama penanda tangan"), max_length=120, required=False)
    signer_position = forms.CharField(
        label=_("Jabatan penanda tangan"),
        help_text=_("Berlaku bila templat sertifikat tidak menyebut yang lain."),
        max_length=160,
        required=False,
    )
    time_zone = forms.ChoiceField(
        label=_("Zona waktu"),
        help_text=_("Tanggal kelas, peran, dan sertifikat mengikuti zona ini."),
        choices=ZONES,
    )


class LookForm(forms.Form):
    """Colour and logo."""

    colour = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Warna"),
        help_text=_("Dipakai pada pita atas dan beranda."),
        error_messages={"invalid": _("Tulis warna sebagai # dan enam angka atau huruf a–f.")},
        widget=forms.ColorInput(attrs={"class": "form-control"}),
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG, atau WebP, paling besar 2 MB. Kosongkan bila tidak diganti."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_logo = forms.BooleanField(label=_("Hapus logo"), required=False)

    def clean_colour(self) -> str:
        """Return the colour in the one spelling that is kept."""
        colour: str = self.cleaned_data["colour"].lower()
        return colour

    @property
    def figures(self) -> dict[str, Any]:
        """What the colour that is shown means for text, and what would be kept of it."""
        asked = str(self["colour"].value() or "").lower()
        if not colours.HEX.fullmatch(asked):
            return {}
        kept = colours.darkened(asked)
        return {
            "asked": asked,
            "kept": kept,
            "light": round(colours.contrast(kept, colours.WHITE), 1),
            "dark": round(colours.contrast(kept, colours.BLACK), 1),
            "asked_light": round(colours.contrast(asked, colours.WHITE), 1),
        }
