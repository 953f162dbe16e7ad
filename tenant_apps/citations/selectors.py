"""Reads of citations; what changed in the law is one query against the shared register."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from shared_apps.regulations.models import Regulation
from shared_apps.regulations.names import Cited, read_citation
from tenant_apps.citations.models import Citation
from tenants.schemas import current_tenant
from toolkit.brackets import BracketLink
from toolkit.markdown import bracketed


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


def _moved() -> QuerySet[Citation]:
    return Citation.objects.filter(regulation__change__gt=F("seen_change")).select_related(
        "regulation"
    )


def changes_in(kind: str, thing: uuid.UUID) -> list[Changed]:
    """Return the regulations that a thing cites and that moved since: its readers' banner."""
    seen: dict[str, Changed] = {}
    for row in _moved().filter(kind=kind, uuid=thing).order_by("regulation__key"):
        regulation = row.regulation
        seen[regulation.key] = Changed(
            regulation.label, regulation.get_status_display(), regulation_path(regulation.key)
        )
    return list(seen.values())


def waiting(*, owner: Any = None) -> QuerySet[Citation]:
    """Return the citations to look at again, the latest change first; of one owner or of all."""
    found = _moved().order_by("-regulation__changed_at", "title", "pk")
    return found if owner is None else found.filter(owner_id=owner.pk)
