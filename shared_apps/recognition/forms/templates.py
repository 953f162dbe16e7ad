"""The form of a certificate's template."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared_apps.recognition import numbering, pictures, placeholders
from shared_apps.recognition.choices import Design, Orientation
from shared_apps.recognition.errors import TemplateRefused
from shared_apps.recognition.models import CertificateTemplateVersion
from shared_apps.recognition.services.templates import MOST_LOGOS, MOST_SIGNERS, Look
from tenants.models import Tenant
from toolkit.images import ImageRefused

_SIGNER = (
    ("name", _("Nama"), 120),
    ("position", _("Jabatan"), 160),
    ("rank", _("Pangkat, golongan"), 80),
    ("number", "NIP", 24),
)
_PLAIN = ("design", "orientation", "heading", "opening", "statement", "closing", "accreditation",
          "place", "number_pattern", "show_score", "show_curriculum")  # fmt: skip
_PICTURE = forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"})


class TemplateForm(forms.Form):
    """Everything about a template; pictures that were uploaded once are carried along."""

    name = forms.CharField(label=_("Nama templat"), max_length=80)
    design = forms.ChoiceField(
        label=_("Rancangan"), choices=Design.choices, widget=forms.RadioSelect
    )
    orientation = forms.ChoiceField(
        label=_("Arah halaman"), choices=Orientation.choices, widget=forms.RadioSelect
    )
    background = forms.FileField(
        label=_("Gambar latar"),
        required=False,
        widget=_PICTURE,
        help_text=_("PNG, JPEG, atau WebP, paling besar 5 MB. Mengganti bingkai di halaman depan."),
    )
    heading = forms.CharField(label=_("Judul"), max_length=40)
    opening = forms.CharField(label=_("Di atas nama"), max_length=80, required=False)
    statement = forms.CharField(
        label=_("Di atas judul program"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    closing = forms.CharField(
        label=_("Di bawah judul program"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    accreditation = forms.CharField(
        label=_("Akreditasi"),
        max_length=160,
        required=False,
        help_text=_("Misalnya nomor keputusan akreditasi lembaga."),
    )
    place = forms.CharField(label=_("Tempat terbit"), max_length=60, required=False)
    number_pattern = forms.CharField(label=_("Pola nomor"), max_length=80)
    number_reset = forms.ChoiceField(
        label=_("Nomor urut"),
        choices=[("yearly", _("Mulai lagi dari 1 setiap tahun")), ("never", _("Terus bersambung"))],
        widget=forms.RadioSelect,
    )
    show_score = forms.BooleanField(label=_("Cetak nilai tes"), required=False)
    show_curriculum = forms.BooleanField(
        label=_("Cetak kurikulum di halaman kedua"), required=False
    )
    use_required_attribute = False

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        """Add the fields of signers and logos."""
        super().__init__(*args, **kwargs)
        self.tenant = tenant
        for place in range(1, MOST_SIGNERS + 1):
            for key, label, most in _SIGNER:
                self.fields[f"signer_{place}_{key}"] = forms.CharField(
                    label=label, max_length=most, required=False
                )
        for place in range(1, MOST_LOGOS + 1):
            self.fields[f"logo_{place}"] = forms.FileField(
                label=_("Logo {n}").format(n=place), required=False, widget=_PICTURE
            )
        self.kept = self._kept()

    def _kept(self) -> dict[str, str]:
        """Return the pictures that came along from an earlier sending, or from the version."""
        names = [*(f"logo_{n}" for n in range(1, MOST_LOGOS + 1)), "background"]
        source: Any = self.data if self.is_bound else self.initial
        kept = {name: str(source.get(f"{name}_kept", "")) for name in names}
        return {
            name: "" if self.is_bound and self.data.get(f"{name}_drop") else sha256
            for name, sha256 in kept.items()
        }

    @staticmethod
    def initial_of(name: str, version: CertificateTemplateVersion) -> dict[str, Any]:
        """Return the values of a version as the form shows them."""
        values: dict[str, Any] = {key: getattr(version, key) for key in _PLAIN}
        values |= {
            "name": name,
            "number_reset": "yearly" if version.number_yearly else "never",
            "background_kept": version.background_sha256,
        }
        for place, sha256 in enumerate(version.logos, start=1):
            values[f"logo_{place}_kept"] = sha256
        for place, signer in enumerate(version.signers, start=1):
            for key, _label, _most in _SIGNER:
                values[f"signer_{place}_{key}"] = signer.get(key, "")
        return values

    def clean(self) -> dict[str, Any]:
        """Keep new pictures by their content, and check texts and number."""
        cleaned = super().clean() or {}
        self._take_pictures(cleaned)
        for field in ("heading", "opening", "statement", "closing", "accreditation"):
            self._tried(field, lambda name: placeholders.check(cleaned.get(name, ""), field=name))
        pattern = cleaned.get("number_pattern")
        if pattern:
            self._tried(
                "number_pattern",
                lambda _name: numbering.check(pattern, yearly=self._yearly, unit=self.tenant.code),
            )
        if not cleaned.get("signer_1_name") and not cleaned.get("signer_1_position"):
            self.add_error("signer_1_name", str(_("Isi satu sampai tiga penanda tangan.")))
        return cleaned

    @property
    def _yearly(self) -> bool:
        return self.cleaned_data.get("number_reset") != "never"

    def _tried(self, field: str, check: Any) -> None:
        try:
            check(field)
        except TemplateRefused as refusal:
            self.add_error(field, str(refusal))

    def _take_pictures(self, cleaned: dict[str, Any]) -> None:
        upright = cleaned.get("orientation") == Orientation.PORTRAIT
        for name in self.kept:
            upload = cleaned.get(name)
            if not upload:
                continue
            try:
                if name == "background":
                    self.kept[name] = pictures.keep_background(upload, upright=upright)
                else:
                    self.kept[name] = pictures.keep_logo(upload)
            except ImageRefused as refusal:
                self.add_error(name, str(refusal))

    def look(self) -> Look:
        """Return what was entered."""
        data = self.cleaned_data
        logos = [self.kept[f"logo_{n}"] for n in range(1, MOST_LOGOS + 1)]
        return Look(
            **{key: data[key] for key in _PLAIN},
            background_sha256=self.kept["background"],
            logos=[sha256 for sha256 in logos if sha256],
            signers=list(self._signers()),
            number_yearly=self._yearly,
        )

    def _signers(self) -> Iterator[dict[str, str]]:
        for place in range(1, MOST_SIGNERS + 1):
            signer = {
                key: " ".join(self.cleaned_data[f"signer_{place}_{key}"].split())
                for key, _label, _most in _SIGNER
            }
            if signer["name"] or signer["position"]:
                yield signer

    # --- for the page -----------------------------------------------------------------------

    @property
    def signer_groups(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each signer."""
        return [
            (place, [self[f"signer_{place}_{key}"] for key, _label, _most in _SIGNER])
            for place in range(1, MOST_SIGNERS + 1)
        ]

    @property
    def picture_fields(self) -> list[tuple[forms.BoundField, str]]:
        """The uploads of logos and background, each with the picture that is kept."""
        return [(self[name], sha256) for name, sha256 in self.kept.items()]

    @property
    def number_example(self) -> str:
        """A number as the pattern gives it; empty for a pattern that gives none."""
        pattern = str(self["number_pattern"].value() or "")
        try:
            numbering.check(pattern, yearly=False, unit=self.tenant.code)
        except TemplateRefused:
            return ""
        return numbering.example(pattern, self.tenant.code)
