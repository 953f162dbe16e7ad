"""Writes of stored files."""

import hashlib
import io
import re
import uuid
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import StoredFile
from tenants.schemas import current_tenant

LARGEST_IMAGE = 5 * 1024 * 1024
WIDEST_IMAGE = 1200
MOST_PIXELS = 40_000_000
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def path_of(file_id: uuid.UUID, tenant_code: str) -> Path:
    """Return where a stored file's bytes are: under its tenant and its own id, no user's name."""
    return Path(settings.MEDIA_ROOT) / tenant_code / str(file_id)


def _reencoded(data: bytes, name: str) -> tuple[bytes, str, int, int]:
    """Return (bytes, media type, width, height) of an image drawn anew, without its metadata."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            form = opened.format or ""
            if form not in FORMATS or opened.width * opened.height > MOST_PIXELS:
                raise FileRefused(_("{name}: pakai gambar PNG, JPEG, atau WebP.").format(name=name))
            image: Image.Image = opened.copy()
            image.thumbnail((WIDEST_IMAGE, WIDEST_IMAGE * 4))
            buffer = io.BytesIO()
            if form == "PNG" and image.mode not in {"RGBA", "LA", "P"}:
                # Diagrams need few colours; a palette makes them a third of the size.
                image = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
            image.save(buffer, form, optimize=True)
            return buffer.getvalue(), FORMATS[form], image.width, image.height
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise FileRefused(_("{name} bukan gambar yang dapat dibaca.").format(name=name)) from error


def store_image(*, owner_kind: str, owner_uuid: uuid.UUID, name: str, data: bytes) -> StoredFile:
    """Store an image of an owner object, re-encoded.

    The same image again keeps its file; a changed one under the same name is another file, for
    earlier versions of the owner still show the first. Raises FileRefused.
    """
    if len(data) > LARGEST_IMAGE:
        raise FileRefused(_("{name} lebih besar dari 5 MB.").format(name=name))
    if not re.fullmatch(r"[\w.\- ]{1,160}", name):
        raise FileRefused(_("Nama berkas tidak dapat dipakai: {name}").format(name=name[:80]))
    encoded, media_type, width, height = _reencoded(data, name)
    stored = StoredFile(
        owner_kind=owner_kind,
        owner_uuid=owner_uuid,
        name=name,
        media_type=media_type,
        size=len(encoded),
        sha256=hashlib.sha256(encoded).hexdigest(),
        width=width,
        height=height,
    )
    return _keep(stored, encoded)


def _keep(stored: StoredFile, data: bytes) -> StoredFile:
    """Write bytes and row; the owner's file of the same content is returned instead."""
    kept, _made = StoredFile.objects.get_or_create(
        owner_kind=stored.owner_kind,
        owner_uuid=stored.owner_uuid,
        sha256=stored.sha256,
        defaults={
            name: getattr(stored, name)
            for name in ("id", "name", "media_type", "size", "width", "height")
        },
    )
    path = path_of(kept.pk, current_tenant().code)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return kept
