"""Reads of surveys: only sums, and only when enough people answered."""

import uuid

from django.db.models import Sum

from shared_apps.rules import selectors as rules
from tenant_apps.surveys.choices import Unsur
from tenant_apps.surveys.ikm import Index, index_of
from tenant_apps.surveys.models import UnsurTotal


def index(*, tenant_id: int, subject_uuid: uuid.UUID | None = None) -> Index | None:
    """Return the IKM of one subject, or of the whole tenant; None below the least number."""
    totals = UnsurTotal.objects.all()
    if subject_uuid is not None:
        totals = totals.filter(subject_uuid=subject_uuid)
    rows = {
        row["unsur"]: row
        for row in totals.values("unsur").annotate(count=Sum("answers"), sum=Sum("points"))
    }
    if set(rows) != set(Unsur.values):
        return None
    answers = rows[Unsur.U1]["count"]
    if answers < rules.whole("survey.minimum_answers", tenant_id=tenant_id):
        return None
    free = rules.flag("survey.free_service", tenant_id=tenant_id)
    return index_of(
        {code: row["sum"] for code, row in rows.items()},
        answers,
        fixed=frozenset({str(Unsur.U4)} if free else set()),
    )
