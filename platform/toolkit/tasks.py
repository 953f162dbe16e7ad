"""Housekeeping of the task queue itself."""

from django.core.management import call_command
from django_tasks import task


@task()
def forget_finished_tasks() -> None:
    """Delete results of tasks that ended a day ago: those of mails hold names and addresses."""
    call_command("prune_db_task_results", min_age_days=1, failed_min_age_days=7, verbosity=0)
