"""Background work of notices: their mails."""

from django_tasks import task

from shared_apps.notifications import mailing


@task()
def send_waiting() -> int:
    """Mail what goes out at once; what a pass leaves goes behind the other tasks."""
    sent, complete = mailing.send_waiting()
    if not complete:
        send_waiting.enqueue()
    return sent


@task()
def send_digests() -> int:
    """Mail the digests that are due; what a pass leaves goes behind the other tasks."""
    sent, complete = mailing.send_digests()
    if not complete:
        send_digests.enqueue()
    return sent
