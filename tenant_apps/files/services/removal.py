"""Deleting files that nothing shows any more, and bytes that no row names."""

import datetime
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shared_apps.rules import selectors as rules
from tenant_apps.files.models import FilePage, StoredFile
from tenant_apps.files.services.keeping import path_of
from tenants.schemas import current_tenant


def unused_since() -> datetime.datetime:
    """Return the moment before which what nobody uses may go."""
    days = rules.whole("files.unused_days", tenant_id=current_tenant().pk)
    return timezone.now() - datetime.timedelta(days=days)


@transaction.atomic
def remove(
    *,
    owner_kind: str,
    owner_uuid: uuid.UUID,
    file_ids: Collection[uuid.UUID],
    before: datetime.datetime | None = None,
) -> list[str]:
    """Delete some files of an owner with their drawn pages; returns their names.

    The caller says that nothing shows them. `before` spares what was given again since then: who
    is giving it holds the row, and the lock waits. The bytes go once the rows are gone for good.
    """
    rows = StoredFile.objects.select_for_update().filter(
        owner_kind=owner_kind, owner_uuid=owner_uuid, pk__in=file_ids
    )
    if before is not None:
        rows = rows.filter(stored_at__lt=before)
    found = {row.pk: row.name for row in rows.order_by("pk")}
    pages = FilePage.objects.filter(file__in=found)
    doomed = {*found, *pages.values_list("image_id", flat=True)}
    pages.delete()
    # Equal pages of two documents are one picture.
    doomed -= set(FilePage.objects.filter(image__in=doomed).values_list("image_id", flat=True))
    StoredFile.objects.filter(pk__in=doomed).delete()
    code = current_tenant().code
    transaction.on_commit(lambda: _unlink(path_of(pk, code) for pk in doomed))
    return [name for pk, name in found.items() if pk in doomed]


def _unlink(paths: Iterator[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def sweep_bytes() -> int:
    """Delete the open tenant's bytes without a row, left by what was rolled back or cut off.

    Only old ones: the row of a running upload is not to be seen yet. Returns how many.
    """
    folder = Path(settings.MEDIA_ROOT) / current_tenant().code
    oldest = unused_since().timestamp()
    old = list(_old_files(folder, oldest))
    named = {str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)} if old else set()
    lost = [path for path in old if path.name not in named]
    _unlink(iter(lost))
    return len(lost)


def _old_files(folder: Path, oldest: float) -> Iterator[Path]:
    """Yield files that are called as `keep` calls them and are older than a moment."""
    for path in folder.iterdir() if folder.is_dir() else ():
        try:
            uuid.UUID(path.stem)
            if path.is_file() and path.stat().st_mtime < oldest:
                yield path
        except (ValueError, FileNotFoundError):
            continue
