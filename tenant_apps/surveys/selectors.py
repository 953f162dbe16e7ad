"""Reads of surveys: only sums, and only when enough people answered."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet, Sum

from shared_apps.rules import selectors as rules
from tenant_apps.surveys.choices import Unsur
from tenant_apps.surveys.ikm import Index, index_of
from tenant_apps.surveys.models import Response, UnsurTotal


def index(*, tenant_id: int, subject_uuid: uuid.UUID | None = None) -> Index | None:
    """Return the IKM of one subject, or of the whole tenant; None below the least number."""
    rows = totals()
    if subject_uuid is not None:
        rows = rows.filter(subject_uuid=subject_uuid)
    return indexes(rows, tenant_id=tenant_id).get((), (0, None))[1]


def totals() -> QuerySet[UnsurTotal]:
    """Return the kept sums, to be narrowed by subject, class and month."""
    return UnsurTotal.objects.all()


def indexes(
    rows: QuerySet[UnsurTotal], *by: str, tenant_id: int
) -> dict[tuple[Any, ...], tuple[int, Index | None]]:
    """Return (answers, IKM) by some columns of the kept sums, in one query.

    The index is None where fewer people answered than the least number: such figures would lead
    to single people. Groups that could be worked out as what is left of the whole are hidden by
    hiding the smallest others with them.
    """
    sums: dict[tuple[Any, ...], dict[str, tuple[int, int]]] = {}
    found = rows.order_by().values_list(*by, "unsur").annotate(n=Sum("answers"), p=Sum("points"))
    for *key, unsur, answers, points in found:
        sums.setdefault(tuple(key), {})[unsur] = (answers, points)
    least = rules.whole("survey.minimum_answers", tenant_id=tenant_id)
    free = rules.flag("survey.free_service", tenant_id=tenant_id)
    fixed = frozenset({str(Unsur.U4)} if free else set())
    result: dict[tuple[Any, ...], tuple[int, Index | None]] = {}
    counts = {key_: unsurs.get(Unsur.U1, (0, 0))[0] for key_, unsurs in sums.items()}
    hidden = _hidden(counts, least)
    for key_, unsurs in sums.items():
        answers = counts[key_]
        whole = set(unsurs) == set(Unsur.values) and key_ not in hidden
        points_by = {code: points for code, (_answers, points) in unsurs.items()}
        result[key_] = (answers, index_of(points_by, answers, fixed=fixed) if whole else None)
    return result


def _hidden(answers: dict[tuple[Any, ...], int], least: int) -> set[tuple[Any, ...]]:
    """Return the groups to hide: small ones, and others until what is hidden is not small."""
    hidden = {key for key, count in answers.items() if count < least}
    left = sum(answers[key] for key in hidden)
    # What has no name in the list goes first: nobody misses it.
    others = sorted(
        answers.keys() - hidden, key=lambda key: (None not in key, answers[key], str(key))
    )
    while 0 < left < least and others:
        hidden.add(others[0])
        left += answers[others.pop(0)]
    return hidden


def comments(
    rows: QuerySet[Response], sums: QuerySet[UnsurTotal], *, tenant_id: int
) -> QuerySet[Response]:
    """Keep answer sheets with a comment, in random order; `sums` are narrowed as `rows` are.

    A comment shows its topic and, narrowed to one, its class. Those of a topic in a class, or of a
    topic learned alone, are left out where fewer answered than the least number.
    """
    least = rules.whole("survey.minimum_answers", tenant_id=tenant_id)
    crowds = sums.filter(unsur=Unsur.U1).order_by().values("subject_uuid", "offering")
    crowds = crowds.annotate(n=Sum("answers")).filter(n__gte=least)
    told: dict[uuid.UUID, Q] = {}
    for subject, offering in crowds.values_list("subject_uuid", "offering"):
        told[subject] = told.get(subject, Q()) | Q(offering=offering)
    shown = Q(pk__in=[])
    for subject, classes in told.items():
        shown |= Q(subject_uuid=subject) & classes
    return rows.filter(shown).exclude(comment="").order_by("pk")


def responses() -> QuerySet[Response]:
    """Return the anonymous answer sheets, to be narrowed by subject, class and month."""
    return Response.objects.all()
