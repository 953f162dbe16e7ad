"""Reading a topic: where the reader is, and how long they read (evidence for the JP)."""

import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.desk.choices import Step
from shared_apps.rules import selectors as rules
from tenant_apps.learning.errors import StepNotOpen
from tenant_apps.learning.models import Enrolment, Section, SectionReading, Topic
from tenant_apps.learning.selectors.topics import sections_read
from tenant_apps.learning.services.enrolments import lock_enrolment, move_to
from tenant_apps.learning.steps import is_reached
from tenants.schemas import current_tenant


def _require_reading(enrolment: Enrolment) -> None:
    if not is_reached(enrolment, Step.READING):
        raise StepNotOpen(_("Kerjakan pre-test dahulu, lalu materi terbuka."))


# One statement each, so that opening a section needs no transaction around it. Going on by a link
# leaves a section without a word: the time until now is still its own.
_OPEN = """
WITH leaving AS (
    SELECT section_id, extract(epoch FROM %(now)s - last_seen_at) AS spent FROM learning_enrolment
    WHERE id = %(enrolment)s AND section_id <> %(section)s AND last_seen_at IS NOT NULL
    FOR UPDATE
), left_behind AS (
    UPDATE learning_sectionreading AS r
    SET seconds = r.seconds + round(greatest(0, least(leaving.spent, %(pause)s)))
    FROM leaving WHERE r.enrolment_id = %(enrolment)s AND r.section_id = leaving.section_id
), place AS (
    UPDATE learning_enrolment SET section_id = %(section)s, last_seen_at = %(now)s
    -- Asking for the count makes the old place be read before the new one is written.
    WHERE id = %(enrolment)s AND (SELECT count(*) FROM leaving) >= 0
)
INSERT INTO learning_sectionreading (enrolment_id, section_id, seconds, opened_at)
VALUES (%(enrolment)s, %(section)s, 0, %(now)s) ON CONFLICT (enrolment_id, section_id) DO NOTHING
"""
# Adds seconds, and ticks the section off once they reach `least` (never where that is null).
_KEEP = """
INSERT INTO learning_sectionreading AS r (enrolment_id, section_id, seconds, opened_at, done_at)
VALUES (%(enrolment)s, %(section)s, %(spent)s, %(now)s,
        CASE WHEN %(spent)s >= %(least)s THEN %(now)s END)
ON CONFLICT (enrolment_id, section_id) DO UPDATE SET
    seconds = r.seconds + excluded.seconds,
    done_at = CASE WHEN r.seconds + excluded.seconds >= %(least)s
              THEN coalesce(r.done_at, %(now)s) ELSE r.done_at END
RETURNING r.seconds, r.done_at
"""


def open_section(*, by: Any, enrolment: Enrolment, section: Section) -> None:
    """Note that the person opened a section: their place, and the start of its reading time.

    The section that they come from gets the time since they were last seen.
    """
    _require_reading(enrolment)
    values: dict[str, Any] = {
        "enrolment": enrolment.pk, "section": section.pk, "now": timezone.now(),
        "pause": _pause(with_script=True),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, values)


def _pause(*, with_script: bool) -> int:
    """Return the seconds of silence beyond which a reader counts as absent."""
    key = "reading_pause_seconds" if with_script else "reading_pause_without_script_seconds"
    return rules.whole(f"learning.{key}", tenant_id=current_tenant().pk)


def _keep(
    enrolment: Enrolment, section: Section, *, with_script: bool, least: int | None = None
) -> tuple[Enrolment, SectionReading]:
    """Lock the enrolment and add the time to the section; the caller saves the enrolment."""
    _require_reading(enrolment)
    locked = lock_enrolment(enrolment)
    now = timezone.now()
    seconds = 0
    if locked.last_seen_at and locked.section_id == section.pk:
        pause = datetime.timedelta(seconds=_pause(with_script=with_script))
        spent = min(now - locked.last_seen_at, pause)
        seconds = max(0, round(spent.total_seconds()))
    values: dict[str, Any] = {
        "enrolment": enrolment.pk, "section": section.pk, "spent": seconds, "now": now,
        "least": least,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
        kept = cursor.fetchone()
    locked.last_seen_at = now
    locked.section = section
    return locked, SectionReading(
        enrolment=locked, section=section, seconds=kept[0], done_at=kept[1]
    )


@transaction.atomic
def keep_reading(
    *,
    by: Any,
    enrolment: Enrolment,
    section: Section,
    with_script: bool = True,
    leaving: bool = False,
) -> SectionReading | None:
    """Add the time since the person was last seen to a section, by the server's clock.

    One clock per enrolment, so that two tabs do not count the same minute twice; a silence
    longer than the rule's pause counts as absence beyond it. A farewell (`leaving`) of a page
    that is no longer the person's place changes nothing and returns None: browsers send it after
    the next page was opened.
    """
    if leaving and lock_enrolment(enrolment).section_id != section.pk:
        return None
    locked, reading = _keep(enrolment, section, with_script=with_script)
    locked.save(update_fields=["last_seen_at", "section"])
    return reading


@transaction.atomic
def finish_section(
    *, by: Any, enrolment: Enrolment, topic: Topic, section: Section, with_script: bool
) -> Section | None:
    """Tick a section off; returns the next one to read, None when all are done.

    When the last one is done the post-test opens. Raises StepNotOpen while the least reading time
    of the rules is not reached.
    """
    least = rules.whole("learning.minimum_reading_seconds", tenant_id=current_tenant().pk)
    locked, reading = _keep(enrolment, section, with_script=with_script, least=least)
    if reading.seconds < least:
        raise StepNotOpen(
            _("Baca bagian ini {seconds} detik lagi sebelum menandainya selesai.").format(
                seconds=least - reading.seconds
            )
        )
    left = [row for row, done in sections_read(topic, enrolment) if not done]
    if not left:
        if locked.step == Step.READING:
            move_to(locked, topic, Step.POST_TEST, "last_seen_at", "section")
        else:
            locked.save(update_fields=["last_seen_at", "section"])
        return None
    locked.section = ([row for row in left if row.position > section.position] or left)[0]
    locked.save(update_fields=["last_seen_at", "section"])
    return locked.section
