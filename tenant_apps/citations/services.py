"""Writes of citations; callers are the services of what cites, in their own transaction."""

import re
import uuid as uuids
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shared_apps.access.selectors import holders_at
from shared_apps.audit import services as audit
from shared_apps.notifications.services import notify
from shared_apps.regulations.names import Cited, read_citation
from tenant_apps.citations import selectors
from tenant_apps.citations.errors import CitationNotFound
from tenant_apps.citations.models import Citation
from tenant_apps.citations.permissions import KEEP_ALL, may_keep_all
from tenants.schemas import current_tenant

WORK_LIST = "/kelola/rujukan/"
#: What stands between regulations that one line names: `UU 31/1999 jo UU 20/2001`.
SEVERAL = re.compile(r"\s*;\s*|\s+jo\.?\s+|\s+juncto\s+", re.IGNORECASE)
#: Citations of which one run tells; the next run goes on.
MOST_TOLD = 2_000


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
    looked_at: bool = False,
) -> None:
    """Keep what a thing cites: `[[…]]` in its Markdown `texts`, and plain `names`,
    several of which one line may hold.

    What it no longer cites goes; what it goes on citing keeps the change that was last looked at;
    what is new counts as looked at now, and everything does where a person has just worked the
    whole text over (`looked_at`). Citations of regulations that the register lacks are left out.
    """
    parts = [part for name in names for part in SEVERAL.split(name)]
    listed = [cited for part in parts if (cited := read_citation(part)) is not None]
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
        now = fresh.pop((row.regulation_id, row.article), None)
        if looked_at and now is not None and now.seen_change > row.seen_change:
            row.seen_change = now.seen_change
            row.save(update_fields=["seen_change"])
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
def confirm(*, by: Any, citation_id: uuids.UUID, seen: int) -> Citation:
    """Note that the thing still holds as the law stands now: it leaves the work list.

    All articles of the regulation that the thing cites are confirmed together. `seen` is the
    change that `by` looked at; a later one stays to be looked at. Raises CitationNotFound, or
    PermissionDenied for who neither owns the thing nor keeps the tenant's citations.
    """
    found = Citation.objects.select_related("regulation").filter(pk=citation_id).first()
    if found is None:
        raise CitationNotFound(_("Rujukan ini tidak ada lagi."))
    if found.owner_id != by.pk and not may_keep_all(by):
        raise PermissionDenied
    seen = min(seen, found.regulation.change)
    done = Citation.objects.filter(
        kind=found.kind, uuid=found.uuid, regulation=found.regulation, seen_change__lt=seen
    ).update(seen_change=seen)
    if done:
        audit.record(
            "citation.confirmed",
            by=by,
            kind=found.kind,
            ref=found.uuid,
            data={"regulation": found.regulation.key, "change": seen},
        )
    return found


@transaction.atomic
def tell_owners() -> int:
    """Tell of changes that nobody was told of yet, at the open tenant; returns how many notices.

    The owner of a thing hears of each thing once; of what nobody owns, who keeps the tenant's
    citations hears once for each regulation.
    """
    rows = list(
        selectors.waiting()
        .filter(told_change__lt=F("regulation__look_from"))
        .select_for_update(of=("self",), skip_locked=True)[:MOST_TOLD]
    )
    told: set[tuple[Any, ...]] = set()
    made = 0
    keepers = holders_at(current_tenant(), KEEP_ALL) if rows else []
    for row in rows:
        law = row.regulation
        thing = row.uuid if row.owner_id else None
        if (thing, law.pk) not in told:
            told.add((thing, law.pk))
            data: dict[str, str | int] = {"regulation": law.label}
            if row.owner_id:
                data["title"] = row.title
            made += notify(
                kind="law.moved" if row.owner_id else "law.moved_here",
                account_ids=[row.owner_id] if row.owner_id else keepers,
                data=data,
                path=WORK_LIST,
                key=f"{thing or 'bersama'}:{law.key}:{law.look_from}",
            )
        row.told_change = law.look_from
    Citation.objects.bulk_update(rows, ["told_change"], batch_size=500)
    return made
