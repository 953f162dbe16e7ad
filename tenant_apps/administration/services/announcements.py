"""Writing announcements, and telling their audience once."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.jobs import services as jobs
from shared_apps.notifications.services import notify
from tenant_apps.administration.errors import AnnouncementRefused
from tenant_apps.administration.models import Announcement
from tenant_apps.administration.permissions import TENANT
from tenant_apps.administration.selectors import announcements as selectors
from tenant_apps.members.services.joining import join
from tenants.schemas import current_tenant
from tenants.selectors import today_at
from toolkit import markdown

JOB = "announcement.tell"
#: People told in one transaction, and characters of the text that a notice holds.
BATCH, EXCERPT = 1_000, 240


def _check(by: Any) -> None:
    if not by.has_perm(TENANT):
        raise PermissionDenied


def _check_days(values: Mapping[str, Any]) -> None:
    if values["ends_on"] and values["ends_on"] < values["starts_on"]:
        raise AnnouncementRefused(_("Hari terakhir mendahului hari pertama."), field="ends_on")


@transaction.atomic
def write(*, by: Any, values: Mapping[str, Any]) -> Announcement:
    """Write an announcement; its audience is told on its first day, in a job.

    Raises AnnouncementRefused, or PermissionDenied without the right.
    """
    _check(by)
    _check_days(values)
    if values["ends_on"] and values["ends_on"] < today_at(current_tenant()):
        raise AnnouncementRefused(_("Hari terakhir sudah lewat."), field="ends_on")
    made_by, _new = join(account_id=by.pk)
    announcement = Announcement.objects.create(made_by=made_by, **values)
    _record("announcement.written", announcement, by)
    tell_when_due(announcement)
    return announcement


@transaction.atomic
def change(*, by: Any, announcement: Announcement, values: Mapping[str, Any]) -> None:
    """Change words, days or place of an announcement; who was told is not told again.

    The audience of one that was told stays. Raises AnnouncementRefused or PermissionDenied.
    """
    _check(by)
    _check_days(values)
    found = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if found.withdrawn_at is not None:
        raise AnnouncementRefused(_("Pengumuman ini sudah ditarik."))
    for name, value in values.items():
        if found.told_at is None or name not in {"audience", "topic"}:
            setattr(found, name, value)
    found.save()
    _record("announcement.changed", found, by)
    tell_when_due(found)


@transaction.atomic
def withdraw(*, by: Any, announcement: Announcement) -> None:
    """Take an announcement back; twice changes nothing. Raises PermissionDenied."""
    _check(by)
    done = Announcement.objects.filter(pk=announcement.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    if done:
        _record("announcement.withdrawn", announcement, by)


def _record(verb: str, announcement: Announcement, by: Any) -> None:
    audit.record(
        verb,
        by=by,
        kind="announcement",
        ref=announcement.pk,
        data={"title": announcement.title, "audience": str(announcement.audience)},
    )
    transaction.on_commit(partial(selectors.forget_announcements))


@transaction.atomic
def tell_when_due(announcement: Announcement) -> bool:
    """Ask for the job that tells the audience, if the first day has come; say whether it did.

    One job for each announcement, whoever asks.
    """
    claimed = selectors.due().filter(pk=announcement.pk).update(told_at=timezone.now())
    if claimed:
        jobs.enqueue(
            kind=JOB,
            by=announcement.made_by,
            title=_("Pengumuman: {title}").format(title=announcement.title),
            params={"announcement": str(announcement.pk)},
            key=str(announcement.pk),
        )
    return bool(claimed)


def tell_due() -> int:
    """Ask for the jobs of all whose first day has come at the open tenant; returns how many."""
    return sum(tell_when_due(each) for each in selectors.due().select_related("made_by"))


def tell(work: jobs.Work) -> None:
    """Handle the job: a notice to each person of the audience, in batches; repeats add nothing."""
    announcement = Announcement.objects.get(pk=work.params["announcement"])
    total = selectors.audience_size(announcement)
    done, last = work.at.get("done", 0), work.at.get("last")
    mark = uuid.UUID(last) if last else None
    while people := selectors.audience_after(announcement, mark, BATCH):
        with transaction.atomic():
            made = notify(
                kind="announcement",
                account_ids=people,
                data={
                    "title": announcement.title,
                    "text": markdown.plain_text(announcement.text, most=EXCERPT),
                },
                path=selectors.page_path(announcement),
                key=str(announcement.pk),
            )
            Announcement.objects.filter(pk=announcement.pk).update(reached=F("reached") + made)
            mark, done = people[-1], done + len(people)
            work.checkpoint({"done": done, "last": str(mark)}, done=done, total=total)
    work.finish(
        [_("Pengumuman masuk ke kotak {n} orang.").format(n=done)],
        next_path=reverse("announcements"),
        next_label=_("Pengumuman"),
    )
