"""What holders are told about their certificates."""

from shared_apps.accounts import selectors as accounts
from shared_apps.notifications.services import notify
from shared_apps.recognition.models import Certificate
from tenants.schemas import in_public


def revoked(certificate: Certificate) -> None:
    """Tell the holder that a certificate was revoked, and why."""
    _tell("certificate.revoked", certificate, {"reason": certificate.revoked_reason})


def reissued(certificate: Certificate) -> None:
    """Tell the holder that a corrected certificate takes the place of the old one."""
    _tell("certificate.reissued", certificate, {})


def _tell(kind: str, certificate: Certificate, more: dict[str, str | int]) -> None:
    """Leave a notice whose link leads to the portal, where certificates are checked."""
    # A certificate outlives everything, the account of its holder too.
    if not accounts.holders([certificate.account_id]):
        return
    with in_public():
        notify(
            kind=kind,
            account_ids=[certificate.account_id],
            data={
                "title": certificate.title,
                "number": certificate.number,
                "provider": certificate.provider_name,
                **more,
            },
            path=f"/v/{certificate.code}/",
            key=certificate.code,
        )
