"""Reads of the workshop: topics with their numbers, versions with their people."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from shared_apps.accounts import selectors as accounts
from tenant_apps.files.selectors import ids_in
from tenant_apps.learning.choices import TopicState, VersionState
from tenant_apps.learning.models import Enrolment, Section, Topic, TopicVersion
from tenants.models import Agency


def shelf() -> QuerySet[Topic]:
    """Return all topics with `.learners` and `.finished`, the numbers of people."""
    return Topic.objects.select_related("draft").annotate(
        learners=Count("enrolments"),
        finished=Count("enrolments", filter=Q(enrolments__completed_at__isnull=False)),
    )


def with_state(rows: QuerySet[Topic], state: str) -> QuerySet[Topic]:
    """Narrow topics to a state of theirs, or to that of their open draft."""
    if state in TopicState.values and state != TopicState.DRAFT:
        return rows.filter(state=state)
    return rows.filter(draft__state=state).exclude(state=TopicState.ARCHIVED)


@dataclass(frozen=True)
class VersionRow:
    """One version as the topic's page lists it."""

    version: TopicVersion
    author: str
    reviewer: str
    learners: int


def versions_of(topic: Topic) -> list[VersionRow]:
    """Return the versions, newest first, with names and how many enrolled in each: 3 queries."""
    rows = list(topic.versions.order_by("-number"))
    learners: dict[uuid.UUID, int] = dict(
        Enrolment.objects.filter(topic=topic).values_list("version_id").annotate(Count("pk"))
    )
    people = accounts.holders(
        {person for row in rows for person in (row.author_id, row.reviewer_id) if person}
    )

    def name(person: uuid.UUID | None) -> str:
        return people[person].name if person in people else ""

    return [
        VersionRow(row, name(row.author_id), name(row.reviewer_id), learners.get(row.pk, 0))
        for row in rows
    ]


def shown_by(topic: Topic) -> dict[uuid.UUID, list[int]]:
    """Return the numbers of the versions whose material shows each file of a topic."""
    found: dict[uuid.UUID, set[int]] = defaultdict(set)
    sections = Section.objects.filter(version__topic=topic, markdown__contains="/berkas/")
    for number, text in sections.values_list("version__number", "markdown"):
        for file_id in ids_in(text):
            found[file_id].add(number)
    return {file_id: sorted(numbers) for file_id, numbers in found.items()}


def name_of(account_id: uuid.UUID | None) -> str:
    """Return the name of an account; empty for none."""
    if account_id is None:
        return ""
    found = accounts.holders([account_id]).get(account_id)
    return found.name if found else ""


def newest(topic: Topic) -> TopicVersion | None:
    """Return the version that authors look at: the draft, else the published one."""
    return topic.draft or topic.current


def is_open(version: TopicVersion | None) -> bool:
    """Say whether a version can be written now."""
    return version is not None and version.state == VersionState.DRAFT


def section_of(version: TopicVersion | None, key: str) -> Section | None:
    """Return a section of a version; None if there is none."""
    return version.sections.filter(key=key).first() if version else None


def agency_names(ids: list[int]) -> list[str]:
    """Return the names of some agencies, in order of name."""
    return list(Agency.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))


def agencies_named(names: list[str]) -> tuple[list[int], list[str]]:
    """Return (ids of the agencies of these names or codes, names that no agency has)."""
    wanted = {name.casefold(): name for name in names}
    found: dict[str, int] = {}
    query = Q()
    for name in wanted.values():
        query |= Q(name__iexact=name) | Q(code__iexact=name)
    rows: Any = Agency.objects.filter(query).values_list("pk", "name", "code") if wanted else []
    for pk, name, code in rows:
        found[name.casefold()] = found[code.casefold()] = pk
    ids = sorted({found[key] for key in wanted if key in found})
    return ids, [name for key, name in wanted.items() if key not in found]
