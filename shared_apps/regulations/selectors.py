"""Reads of the register: national regulations, and on a tenant its own local ones."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from shared_apps.regulations.choices import RelationKind
from shared_apps.regulations.models import Regulation, Relation
from shared_apps.regulations.names import leading_kind, read_citation
from tenants.schemas import open_tenant_or_none
from toolkit.search import content_stems

SUGGESTIONS = 8
#: Relations that change what the other says, in the order of their gravity.
ACTING = (RelationKind.AMENDS, RelationKind.PARTLY_REVOKES, RelationKind.REVOKES)


def seen_here() -> QuerySet[Regulation]:
    """Return the national regulations and those of the open tenant."""
    tenant = open_tenant_or_none()
    if tenant is None:
        return Regulation.objects.filter(tenant__isnull=True)
    return Regulation.objects.filter(Q(tenant__isnull=True) | Q(tenant=tenant))


def written_here() -> QuerySet[Regulation]:
    """Return the regulations that this place writes: the national ones, or a tenant's own."""
    tenant = open_tenant_or_none()
    if tenant is None:
        return Regulation.objects.filter(tenant__isnull=True)
    return Regulation.objects.filter(tenant=tenant)


def find_regulation(key: str) -> Regulation | None:
    """Return a regulation by key; a tenant's own comes before a national one."""
    return seen_here().filter(key=key[:60]).order_by(F("tenant").asc(nulls_last=True)).first()


def cited_as(text: str) -> Regulation | None:
    """Return the regulation that a text names as people type it: `pp 11 2017`."""
    cited = read_citation(text)
    return find_regulation(cited.key) if cited else None


def with_words(rows: QuerySet[Regulation], text: str) -> QuerySet[Regulation]:
    """Narrow regulations to what was typed: one by its number, or words of its subject."""
    cited = read_citation(text)
    if cited is not None:
        return rows.filter(key=cited.key)
    kind, rest = leading_kind(text)
    if kind is not None:
        rows = rows.filter(kind=kind)
    for word in rest[:100].split()[:6]:
        if word.isdigit():
            rows = rows.filter(Q(number__istartswith=word) | Q(year=min(int(word[:6]), 9999)))
        elif word in {"no", "no.", "nomor", "tahun"}:
            continue
        else:
            stems = content_stems(word)
            if stems:
                rows = rows.filter(about__icontains=stems[0])
    return rows


def suggestions(text: str) -> list[Regulation]:
    """Return the few regulations that somebody who types `[[pp 11` may mean."""
    if not text.strip():
        return []
    return list(with_words(seen_here(), text).order_by("-year", "kind", "number")[:SUGGESTIONS])


@dataclass(frozen=True)
class Told:
    """A relation as the page of one of its two ends tells it."""

    relation: Relation
    words: str
    other: Regulation

    @property
    def anchor(self) -> str:
        """The name of the article on the page, for links that name it."""
        digits = self.relation.article.split(" ")[0].casefold()
        return f"pasal-{digits}" if digits.isalnum() else ""


def relations_of(regulation: Regulation) -> tuple[list[Told], list[Told]]:
    """Return what happened to a regulation, and what it does to others: one query."""
    tenant = open_tenant_or_none()
    mine = Q(source__tenant__isnull=True) & Q(target__tenant__isnull=True)
    if tenant is not None:
        mine = (Q(source__tenant__isnull=True) | Q(source__tenant=tenant)) & (
            Q(target__tenant__isnull=True) | Q(target__tenant=tenant)
        )
    rows = (
        Relation.objects.filter(Q(source=regulation) | Q(target=regulation))
        .filter(mine)
        .select_related("source", "target")
        .order_by("source__year", "source__key", "article")
    )
    suffered, done = [], []
    for row in rows:
        kind = RelationKind(row.kind)
        if row.target_id == regulation.pk:
            suffered.append(Told(row, str(kind.passive), row.source))
        else:
            done.append(Told(row, str(kind.label), row.target))
    return suffered, done


def acts_on(target: Regulation, source: Regulation) -> bool:
    """Say whether `target` changes `source` already, perhaps through others between them."""
    pairs: dict[object, set[object]] = {}
    for start, end in Relation.objects.filter(kind__in=ACTING).values_list("source", "target"):
        pairs.setdefault(start, set()).add(end)
    reached: set[object] = set()
    todo: list[object] = [target.pk]
    while todo:
        here = todo.pop()
        if here == source.pk:
            return True
        if here not in reached:
            reached.add(here)
            todo.extend(pairs.get(here, ()))
    return False
