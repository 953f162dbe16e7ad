"""Writes of citations; callers are the services of what cites, in their own transaction."""

import uuid as uuids
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.regulations.names import Cited, read_citation
from tenant_apps.citations import selectors
from tenant_apps.citations.errors import CitationNotFound
from tenant_apps.citations.models import Citation


@transaction.atomic
def cite(
    *,
    kind: str,
    uuid: uuids.UUID,
    title: str,
    path: str,
    owner_id: uuids.UUID | None,
    texts: Iterable[str] = (),
    names: Iterable[str] = (),
) -> None:
    """Keep what a thing cites: `[[…]]` in its Markdown `texts`, and plain `names`.

    What it no longer cites goes; what it goes on citing keeps the change that was last looked at;
    what is new counts as looked at now. Citations of regulations that the register lacks are left
    out.
    """
    listed = [cited for name in names if (cited := read_citation(name)) is not None]
    wanted = dict.fromkeys([*selectors.citations_in(texts), *listed])
    known = selectors.find_regulations(wanted)
    fresh: dict[tuple[uuids.UUID, str], Citation] = {}
    for cited in wanted:
        _add(fresh, cited, known, kind, uuid)
    rows = list(Citation.objects.select_for_update().filter(kind=kind, uuid=uuid))
    Citation.objects.filter(
        pk__in=[row.pk for row in rows if (row.regulation_id, row.article) not in fresh]
    ).delete()
    for row in rows:
        fresh.pop((row.regulation_id, row.article), None)
    Citation.objects.filter(kind=kind, uuid=uuid).update(
        title=title[:200], path=path, owner_id=owner_id
    )
    for row in fresh.values():
        row.title, row.path, row.owner_id = title[:200], path, owner_id
    Citation.objects.bulk_create(fresh.values(), ignore_conflicts=True)


def _add(
    fresh: dict[tuple[uuids.UUID, str], Citation],
    cited: Cited,
    known: dict[str, Any],
    kind: str,
    uuid: uuids.UUID,
) -> None:
    regulation = known.get(cited.key)
    if regulation is not None:
        fresh[regulation.pk, cited.article] = Citation(
            kind=kind,
            uuid=uuid,
            regulation=regulation,
            article=cited.article,
            seen_change=regulation.change,
        )


@transaction.atomic
def forget(*, kind: str, uuid: uuids.UUID) -> None:
    """Drop the citations of a thing that is gone."""
    Citation.objects.filter(kind=kind, uuid=uuid).delete()


@transaction.atomic
def confirm(*, by: Any, citation_id: uuids.UUID, seen: int) -> None:
    """Note that the thing still holds as the law stands now: it leaves the work list.

    `seen` is the change that `by` looked at; a later one stays to be looked at. The caller has
    checked the right of `by`. Raises CitationNotFound.
    """
    row = (
        Citation.objects.select_for_update(of=("self",))
        .select_related("regulation")
        .filter(pk=citation_id)
        .first()
    )
    if row is None:
        raise CitationNotFound(_("Rujukan ini tidak ada lagi."))
    row.seen_change = max(row.seen_change, min(seen, row.regulation.change))
    row.save(update_fields=["seen_change"])
    audit.record(
        "citation.confirmed",
        by=by,
        kind=row.kind,
        ref=row.uuid,
        data={"regulation": row.regulation.key, "change": row.seen_change},
    )
