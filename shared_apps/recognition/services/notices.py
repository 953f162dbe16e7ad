"""What holders are told about their certificates."""

from shared_apps.recognition.models import Certificate


def revoked(certificate: Certificate) -> None:
    """Tell the holder that a certificate was revoked, and why."""
    _tell("certificate.revoked", certificate, {"reason": certificate.revoked_reason})


def reissued(certificate: Certificate) -> None:
    """Tell the holder that a corrected certificate takes the place of the old one."""
    _tell("certificate.reissued", certificate, {})


def _tell(kind: str, certificate: Certificate, more: dict[str, str | int]) -> None:
    pass
