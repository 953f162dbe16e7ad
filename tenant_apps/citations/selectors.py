"""Reads of citations; what changed in the law is one query against the shared register."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When

from shared_apps.regulations.models import Regulation
from shared_apps.regulations.names import Cited, read_citation
from tenant_apps.citations import audience
from tenant_apps.citations.models import Citation
from tenant_apps.citations.permissions import may_keep_all
from tenants.schemas import current_tenant
from toolkit.brackets import BracketLink
from toolkit.markdown import bracketed

#: Of what cites one regulation, so many are looked at for its page.
MOST_CITING = 500


@dataclass(frozen=True)
class Changed:
    """A cited regulation to which something happened since somebody last looked."""

    label: str
    status: str
    url: str


def find_regulations(cited: Iterable[Cited]) -> dict[str, Regulation]:
    """Return the regulations by key, in one query; a local one comes before a national one."""
    keys = {each.key for each in cited}
    if not keys:
        return {}
    rows = Regulation.objects.filter(
        Q(tenant__isnull=True) | Q(tenant=current_tenant()), key__in=keys
    ).order_by(F("tenant").asc(nulls_first=True))
    return {row.key: row for row in rows}


def citations_in(texts: Iterable[str]) -> list[Cited]:
    """Return what `[[…]]` in Markdown texts cite, in order, each once."""
    found = (read_citation(inner) for text in texts for inner in bracketed(text))
    return list(dict.fromkeys(cited for cited in found if cited is not None))


def regulation_path(key: str, anchor: str = "") -> str:
    """Return the address of a regulation, or of an article of it, on the tenant's host."""
    return f"/regulasi/{key}/" + (f"#{anchor}" if anchor else "")


def link_of(texts: Iterable[str]) -> Callable[[str], BracketLink | None]:
    """Return the function that turns the inside of `[[…]]` into a link, for these texts.

    One query for all of them. What is no citation, or not in the register, gives None.
    """
    known = find_regulations(citations_in(texts))

    def link(inner: str) -> BracketLink | None:
        cited = read_citation(inner)
        row = known.get(cited.key) if cited else None
        if cited is None or row is None:
            return None
        label = f"{row.label} Pasal {cited.article}" if cited.article else row.label
        return BracketLink(regulation_path(row.key, cited.anchor), label)

    return link


def moved_sql(kind: str, thing: str) -> str:
    """Return SQL that says whether a thing cites what moved since; `thing` is its id's column.

    For reads that run anyway, so that only pages with a banner pay for it.
    """
    return (
        "EXISTS (SELECT 1 FROM citations_citation c JOIN regulations_regulation g "
        "ON g.id = c.regulation_id AND g.look_from > c.seen_change "
        f"WHERE c.kind = '{kind}' AND c.uuid = {thing})"
    )


def _moved() -> QuerySet[Citation]:
    return Citation.objects.filter(regulation__look_from__gt=F("seen_change")).select_related(
        "regulation"
    )


def changes_in(kind: str, thing: uuid.UUID) -> list[Changed]:
    """Return the regulations that a thing cites and that moved since: its readers' banner."""
    seen: dict[str, Changed] = {}
    for row in _moved().filter(kind=kind, uuid=thing).order_by("regulation__key"):
        regulation = row.regulation
        seen[regulation.key] = Changed(
            regulation.label, regulation.status_shown, regulation_path(regulation.key)
        )
    return list(seen.values())


def keeps(kind: str) -> bool:
    """Say whether anything of a kind is known to cite a regulation."""
    return Citation.objects.filter(kind=kind).exists()


def moved_among(kind: str, things: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of some things cite a regulation that moved since: one query."""
    ids = list(things)
    if not ids:
        return set()
    return set(_moved().filter(kind=kind, uuid__in=ids).values_list("uuid", flat=True))


def works_on(account: Any) -> QuerySet[Citation]:
    """Return what waits for a person: all of the tenant for its editors, else their own things.

    Their own come first, then the latest change.
    """
    rows = waiting()
    if not may_keep_all(account):
        rows = rows.filter(owner_id=account.pk)
    mine = Case(When(owner_id=account.pk, then=Value(0)), default=Value(1))
    return rows.order_by(mine, "-regulation__changed_at", "title", "pk")


def citing(regulation: Regulation, account: Any) -> list[Citation]:
    """Return the things that cite a regulation and that the person may see, by title.

    One query, and one more for each kind of thing that cites it.
    """
    rows: dict[tuple[str, uuid.UUID], Citation] = {}
    for row in Citation.objects.filter(regulation=regulation).order_by("title", "pk")[:MOST_CITING]:
        rows.setdefault((row.kind, row.uuid), row)
    by_kind: dict[str, list[uuid.UUID]] = {}
    for kind, thing in rows:
        by_kind.setdefault(kind, []).append(thing)
    seen = {kind: audience.visible(kind, things, account) for kind, things in by_kind.items()}
    return [row for (kind, thing), row in rows.items() if thing in seen[kind]]


def waiting(*, owner: Any = None) -> QuerySet[Citation]:
    """Return the citations to look at again, the latest change first; of one owner or of all."""
    found = _moved().order_by("-regulation__changed_at", "title", "pk")
    return found if owner is None else found.filter(owner_id=owner.pk)
