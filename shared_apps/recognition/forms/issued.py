"""Forms for one issued certificate, and for many."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared_apps.recognition.models import Certificate, CertificateTemplate
from shared_apps.recognition.services.certificates import REASON_LENGTH
from shared_apps.recognition.services.reissue import Correction


def _reason(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Alasan"),
        help_text=help_text,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tulis alasannya.")},
    )


class RevokeForm(forms.Form):
    """Why a certificate, or an earlier one, holds no more."""

    reason = _reason(_("Terbaca oleh pemilik dan oleh siapa pun yang memeriksa sertifikat ini."))
    use_required_attribute = False


class ReissueForm(forms.Form):
    """What the next version of a certificate says."""

    holder_name = forms.CharField(label=_("Nama"), max_length=120)
    holder_agency = forms.CharField(label=_("Instansi"), max_length=200)
    title = forms.CharField(label=_("Program"), max_length=200)
    batch = forms.CharField(label=_("Angkatan"), max_length=60, required=False)
    venue = forms.CharField(label=_("Tempat pelaksanaan"), max_length=120, required=False)
    jp = forms.DecimalField(
        label="JP",
        max_digits=9,
        decimal_places=2,
        localize=True,
        help_text=_("Bila diubah, JP lama dibatalkan di buku besar dan yang baru dicatat."),
    )
    template = forms.ChoiceField(label=_("Templat"), required=False)
    reason = _reason(_("Misalnya: gelar pada nama diperbaiki."))
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        certificate: Certificate,
        templates: Sequence[CertificateTemplate],
        **kwargs: Any,
    ) -> None:
        """Begin with what the certificate says."""
        names = ("holder_name", "holder_agency", "title", "batch", "venue", "jp")
        kwargs["initial"] = {name: getattr(certificate, name) for name in names}
        used = certificate.template_version
        kwargs["initial"]["template"] = str(used.template_id) if used else ""
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = template_choices(templates)  # type: ignore[attr-defined]

    @property
    def template_id(self) -> uuid.UUID | None:
        """The chosen template; None for the default one."""
        chosen = self.cleaned_data["template"]
        return uuid.UUID(chosen) if chosen else None

    def correction(self) -> Correction:
        """Return what was entered."""
        names = ("holder_name", "holder_agency", "title", "batch", "venue", "jp")
        return Correction(**{name: self.cleaned_data[name] for name in names})


def template_choices(templates: Sequence[CertificateTemplate]) -> list[tuple[str, Any]]:
    """Return templates to choose from; the first one leaves it to the tenant's default."""
    return [("", _("Templat bawaan")), *((str(each.pk), each.name) for each in templates)]


class BulkReissueForm(forms.Form):
    """Issuing a whole selection again; the key makes a second press of the button harmless."""

    template = forms.ChoiceField(label=_("Templat"), required=False)
    reason = _reason(_("Misalnya: pejabat penanda tangan diperbaiki."))
    kunci = forms.UUIDField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *args: Any, templates: Sequence[CertificateTemplate], **kwargs: Any) -> None:
        """Offer the tenant's templates."""
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = template_choices(templates)  # type: ignore[attr-defined]

    @property
    def template_id(self) -> uuid.UUID | None:
        """The chosen template; None for the default one."""
        chosen = self.cleaned_data["template"]
        return uuid.UUID(chosen) if chosen else None
