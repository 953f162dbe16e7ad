"""Giving one owner's files to another."""

import uuid

from tenant_apps.files.models import FilePage, StoredFile
from tenant_apps.files.selectors import address_of
from tenant_apps.files.services.keeping import keep, path_of
from tenants.schemas import current_tenant


def copy_all(*, owner_kind: str, owner_uuid: uuid.UUID, to_uuid: uuid.UUID) -> dict[str, str]:
    """Copy the files of one owner to another of its kind, drawn pages too.

    Returns the new addresses by the old ones. A file whose bytes are lost is left out.
    """
    code = current_tenant().code
    copies: dict[uuid.UUID, StoredFile] = {}
    for row in StoredFile.objects.filter(owner_kind=owner_kind, owner_uuid=owner_uuid):
        path = path_of(row.pk, code)
        if not path.exists():
            continue
        copy = StoredFile(
            owner_kind=owner_kind,
            owner_uuid=to_uuid,
            name=row.name,
            media_type=row.media_type,
            width=row.width,
            height=row.height,
            pages=row.pages,
        )
        copies[row.pk] = keep(copy, path)
    pages = FilePage.objects.filter(file__owner_kind=owner_kind, file__owner_uuid=owner_uuid)
    FilePage.objects.bulk_create(
        FilePage(
            file=copies[page.file_id], number=page.number, image=copies[page.image_id],
            text=page.text,
        )
        for page in pages
        if page.file_id in copies and page.image_id in copies
    )  # fmt: skip
    return {address_of(old): address_of(new.pk) for old, new in copies.items()}
