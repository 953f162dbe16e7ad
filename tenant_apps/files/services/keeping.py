"""Keeping bytes: where they lie, how they may be called, and how many there may be."""

import hashlib
import re
import shutil
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.rules import selectors as rules
from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import StoredFile
from tenant_apps.files.selectors import bytes_kept
from tenants.schemas import current_tenant

MEGABYTE = 1024 * 1024
NAME = re.compile(r"[\w.\- ]{1,160}")


def path_of(file_id: uuid.UUID, tenant_code: str) -> Path:
    """Return where a stored file's bytes are: under its tenant and its own id, no user's name."""
    return Path(settings.MEDIA_ROOT) / tenant_code / str(file_id)


def check_name(name: str) -> None:
    """Refuse a name that cannot be shown or downloaded safely. Raises FileRefused."""
    if not NAME.fullmatch(name) or not name.strip(". "):
        raise FileRefused(_("Nama berkas tidak dapat dipakai: {name}").format(name=name[:80]))


def check_size(name: str, size: int, *, rule: str) -> None:
    """Refuse what is larger than the rule allows, or than the tenant has room for.

    Raises FileRefused.
    """
    tenant_id = current_tenant().pk
    most = rules.whole(rule, tenant_id=tenant_id)
    if size > most * MEGABYTE:
        raise FileRefused(_("{name} lebih besar dari {most} MB.").format(name=name[:80], most=most))
    room = rules.whole("files.tenant_gb", tenant_id=tenant_id)
    if bytes_kept() + size > room * 1024 * MEGABYTE:
        raise FileRefused(
            _(
                "Ruang berkas unit pelatihan ini ({room} GB) penuh. Hapus yang tidak dipakai atau "
                "minta tambahan kepada operator."
            ).format(room=room)
        )


@transaction.atomic
def keep(stored: StoredFile, content: bytes | Path) -> StoredFile:
    """Write row and bytes; the owner's file of the same content is returned instead.

    That one is locked and counts as given now, so that no sweep takes it meanwhile.
    """
    if isinstance(content, Path):
        with content.open("rb") as source:
            stored.sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        stored.size = content.stat().st_size
    else:
        stored.sha256, stored.size = hashlib.sha256(content).hexdigest(), len(content)
    fields = ("id", "name", "media_type", "size", "width", "height", "pages")
    kept, made = StoredFile.objects.select_for_update().get_or_create(
        owner_kind=stored.owner_kind,
        owner_uuid=stored.owner_uuid,
        sha256=stored.sha256,
        defaults={name: getattr(stored, name) for name in fields},
    )
    if not made:
        kept.stored_at = timezone.now()
        kept.save(update_fields=["stored_at"])
    path = path_of(kept.pk, current_tenant().code)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Under another name until it is whole: a reader never gets half a file.
        part = path.with_suffix(".part")
        if isinstance(content, Path):
            shutil.copyfile(content, part)
        else:
            part.write_bytes(content)
        part.replace(path)
    return kept
