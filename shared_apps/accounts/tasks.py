"""Background work of accounts: sending mail, sweeping what has expired."""

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from shared_apps.accounts.models import Session, SignInCount


@task()
def send_mail(subject: str, body: str, sender: str, recipients: list[str]) -> None:
    """Send one mail of plain text; raises when the mail server refuses, so that it is retried."""
    EmailMessage(subject, body, sender, recipients).send()


@task()
def sweep() -> dict[str, int]:
    """Delete expired sessions and counts of past windows; returns how many of each."""
    now = timezone.now()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    counts, _ = SignInCount.objects.filter(window_ends_at__lt=now).delete()
    return {"sessions": sessions, "counts": counts}
