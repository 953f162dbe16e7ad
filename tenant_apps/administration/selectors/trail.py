"""The audit trail as sentences: names and links of a page of events, in a few queries."""

import datetime
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shared_apps.access.selectors import label_of
from shared_apps.accounts import selectors as accounts
from shared_apps.audit.models import Event
from shared_apps.audit.sentences import phrase
from tenant_apps.administration.choices import CorpuRole
from tenant_apps.administration.models import Announcement
from tenant_apps.administration.permissions import TENANT
from tenant_apps.learning.models import LearningPath, Offering, Topic
from tenant_apps.question_bank.models import Blueprint, Question
from tenants import hosts

#: What a thing is called, and where its page is (empty for none).
Named = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One event as the trail shows it."""

    at: datetime.datetime
    actor_id: uuid.UUID | None
    actor: str
    did: str
    url: str

    @property
    def sentence(self) -> str:
        """Who did what, in one sentence."""
        return f"{self.actor} {self.did}"


def _uuids(refs: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for ref in refs:
        try:
            found.append(uuid.UUID(ref))
        except ValueError:
            continue
    return found


def _topics(refs: set[str]) -> dict[str, Named]:
    rows = Topic.objects.filter(pk__in=_uuids(refs)).values_list("pk", "title", "slug")
    return {str(pk): (f"“{title}”", f"/kelola/topik/{slug}/") for pk, title, slug in rows}


def _offerings(refs: set[str]) -> dict[str, Named]:
    rows = Offering.objects.filter(pk__in=_uuids(refs)).only("title", "batch", "slug")
    return {str(row.pk): (f"“{row.full_title}”", f"/kelola/kelas/{row.slug}/") for row in rows}


def _paths(refs: set[str]) -> dict[str, Named]:
    rows = LearningPath.objects.filter(pk__in=_uuids(refs)).values_list("pk", "title", "slug")
    return {str(pk): (f"“{title}”", f"/kelola/jalur/{slug}/") for pk, title, slug in rows}


def _certificates(refs: set[str]) -> dict[str, Named]:
    return {ref: (ref, hosts.portal_url(f"/v/{ref}/")) for ref in refs}


def _announcements(refs: set[str]) -> dict[str, Named]:
    rows = Announcement.objects.filter(pk__in=_uuids(refs)).values_list("pk", "title")
    return {str(pk): (f"“{title}”", f"/kelola/pengumuman/{pk}/") for pk, title in rows}


def _questions(refs: set[str]) -> dict[str, Named]:
    rows = Question.objects.filter(pk__in=_uuids(refs)).values_list("pk", "code")
    return {str(pk): (f"“{code}”", f"/kelola/soal/{pk}/") for pk, code in rows}


def _blueprints(refs: set[str]) -> dict[str, Named]:
    rows = Blueprint.objects.filter(pk__in=_uuids(refs)).values_list("pk", "name")
    return {str(pk): (f"“{name}”", f"/kelola/soal/kisi-kisi/{pk}/") for pk, name in rows}


# By kind: who finds names and addresses, and the right that these pages ask for (empty: none).
# People are found together with those who acted.
_FINDERS: dict[str, tuple[Callable[[set[str]], dict[str, Named]], str]] = {
    "topic": (_topics, "topic.view_all"),
    "path": (_paths, "topic.view_all"),
    "offering": (_offerings, "offering.view"),
    "certificate": (_certificates, ""),
    "announcement": (_announcements, TENANT),
    "question": (_questions, "question.view"),
    "blueprint": (_blueprints, "question.view"),
}


def lines(events: Sequence[Event], *, allowed: frozenset[str] = frozenset()) -> list[Line]:
    """Return events as sentences: one query for all names, one for each kind with titles.

    Links lead to pages that the rights in `allowed` open.
    """
    people = [event.actor_id for event in events if event.actor_id]
    people += _uuids(event.ref for event in events if event.kind == "account")
    holders = accounts.holders(people)
    named: dict[tuple[str, str], Named] = {
        ("account", str(key)): (holder.name, "") for key, holder in holders.items()
    }
    for kind, (find, right) in _FINDERS.items():
        refs = {event.ref for event in events if event.kind == kind}
        if refs:
            opens = not right or right in allowed
            for ref, (name, url) in find(refs).items():
                named[kind, ref] = (name, url if opens else "")
    return [_line(event, holders, named) for event in events]


def _line(
    event: Event,
    holders: dict[uuid.UUID, accounts.Holder],
    named: dict[tuple[str, str], Named],
) -> Line:
    thing, url = named.get((event.kind, event.ref), (_own_name(event), ""))
    if event.kind == "account" and event.ref == str(event.actor_id):
        thing = ""
    data = dict(event.data)
    if "role" in data:
        data["role"] = label_of(str(data["role"]))
    actor = holders.get(event.actor_id) if event.actor_id else None
    if event.actor_id is None:
        name = _("Sistem")
    else:
        name = actor.name if actor else _("Akun yang dihapus")
    return Line(event.at, event.actor_id, name, phrase(event.verb, data, thing), url)


def _own_name(event: Event) -> str:
    """Return what the event itself calls its thing; empty where only its kind is known.

    The verb's own words name the kind: "menghapus kategori soal".
    """
    data: dict[str, Any] = event.data
    if data.get("seat") in CorpuRole.values:
        return str(CorpuRole(data["seat"]).label)
    found = next((data[key] for key in ("title", "name", "code") if data.get(key)), "")
    return f"“{found}”" if found else ""
