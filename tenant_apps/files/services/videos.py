"""Storing films as they are: browsers play them, nothing is drawn anew."""

import uuid
from pathlib import Path

from django.utils.translation import gettext as _

from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import StoredFile
from tenant_apps.files.services.keeping import check_name, check_size, keep


def video_type(start: bytes) -> str:
    """Return the media type that the first bytes of a film tell, empty for anything else."""
    if start[4:8] == b"ftyp" and start[8:12].strip() != b"qt":
        return "video/mp4"
    if start[:4] == b"\x1aE\xdf\xa3" and b"webm" in start[:64]:
        return "video/webm"
    return ""


def store_video(*, owner_kind: str, owner_uuid: uuid.UUID, name: str, path: Path) -> StoredFile:
    """Store a film of an owner object. Raises FileRefused."""
    check_size(name, path.stat().st_size, rule="files.video_mb")
    check_name(name)
    with path.open("rb") as file:
        media_type = video_type(file.read(64))
    if not media_type:
        raise FileRefused(_("{name}: pakai video MP4 atau WebM.").format(name=name))
    stored = StoredFile(
        owner_kind=owner_kind, owner_uuid=owner_uuid, name=name, media_type=media_type
    )
    return keep(stored, path)
