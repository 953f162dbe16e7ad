"""Importing content packs that somebody uploads: looked through first, then drafts."""

import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.audit import services as audit
from tenant_apps.learning.errors import PackError
from tenant_apps.learning.models import Topic
from tenant_apps.learning.packs import Pack, check_pack, find_topics
from tenant_apps.learning.permissions import may_edit
from tenant_apps.learning.services.content import write_version
from tenant_apps.learning.services.workshop import RESERVED
from tenants.schemas import current_tenant

MOST_FILES = 2_000
MOST_BYTES = 500 * 1024 * 1024
MOST_TOPICS = 50
CHUNK = 1024 * 1024
ENDINGS = frozenset(
    {".md", ".gift", ".xml", ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".mp4", ".webm"}
)


@dataclass
class Found:
    """One topic of an upload: what importing it would do, or what is wrong with it."""

    name: str
    pack: Pack | None = None
    topic: Topic | None = None
    faults: list[str] = field(default_factory=list)


@contextmanager
def looked_through(*, by: Any, path: Path, name: str) -> Iterator[list[Found]]:
    """Yield the topics of a zip with all their faults; their files are gone afterwards.

    Raises PackError for what is no pack at all, or PermissionDenied.
    """
    if "topic.edit" not in permissions_of(by, current_tenant()):
        raise PermissionDenied
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / (slugify(Path(name).stem)[:70] or "topik")
        folder.mkdir()
        _unpack(path, name, folder)
        found = find_topics(_root(folder))
        if len(found) > MOST_TOPICS:
            raise PackError(
                _("paling banyak {most} topik sekali impor.").format(most=MOST_TOPICS), where=name
            )
        yield [_look(by, topic_folder, folder) for topic_folder in found]


def _root(folder: Path) -> Path:
    """Return where the topics are: a zip often holds one folder that holds all."""
    inside = list(folder.iterdir())
    if len(inside) == 1 and inside[0].is_dir() and not (inside[0] / "topic.md").exists():
        return inside[0]
    return folder


def _look(by: Any, topic_folder: Path, folder: Path) -> Found:
    pack, faults = check_pack(topic_folder)
    found = Found(topic_folder.name, pack=pack)
    found.faults = [str(fault).replace(f"{folder}/", "") for fault in faults]
    found.topic = Topic.objects.select_related("draft").filter(slug=topic_folder.name).first()
    if topic_folder.name in RESERVED:
        found.faults.append(_("{name}: alamat ini tidak dapat dipakai.").format(name=found.name))
    if found.topic is not None:
        if not may_edit(by, found.topic):
            found.faults.append(
                _("{name}: topik ini ada, dan Anda bukan penyusunnya.").format(name=found.name)
            )
        elif found.topic.draft is not None:
            found.faults.append(
                _("{name}: topik ini mempunyai draf terbuka. Terbitkan atau buang dahulu.").format(
                    name=found.name
                )
            )
    return found


def _unpack(path: Path, name: str, folder: Path) -> None:
    """Unpack a zip without trusting any name, size or link in it. Raises PackError."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise PackError(
                    _("paling banyak {most} berkas.").format(most=MOST_FILES), where=name
                )
            left = MOST_BYTES
            for entry in entries:
                left = _unpack_one(archive, entry, name, folder, left)
    except PackError:
        raise
    except Exception as error:
        # Damage shows in many ways: archive, compression, names, encryption.
        raise PackError(_("berkas ini bukan ZIP yang dapat dibaca."), where=name) from error


def _unpack_one(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, folder: Path, left: int
) -> int:
    """Unpack one entry; returns how many bytes may still come."""
    inside = PurePosixPath(entry.filename)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    hidden = any(part.startswith((".", "__MACOSX")) for part in inside.parts)
    if "\\" in entry.filename or inside.is_absolute() or ".." in inside.parts or is_link:
        raise PackError(
            _("nama {entry} menunjuk ke luar paket.").format(entry=entry.filename[:80]), where=name
        )
    # What office programs and file managers leave behind is passed over, as is anything unknown.
    if hidden or inside.suffix.lower() not in ENDINGS or len(inside.parts) > 6:
        return left
    target = folder.joinpath(*inside.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Counted while it is unpacked: the sizes that a zip announces may be lies.
    with archive.open(entry) as source, target.open("wb") as file:
        while data := source.read(CHUNK):
            left -= len(data)
            if left < 0:
                raise PackError(
                    _("isi paket lebih besar dari {most} MB.").format(
                        most=MOST_BYTES // 1024 // 1024
                    ),
                    where=name,
                )
            file.write(data)
    return left


@transaction.atomic
def import_drafts(*, by: Any, path: Path, name: str) -> list[Topic]:
    """Import all topics of a zip as drafts: new topics, or the next version of known ones.

    All or none: raises PackError with the first fault. The questions of a known topic become
    those of the pack at once; wordings that papers hold stay.
    """
    with looked_through(by=by, path=path, name=name) as found:
        for row in found:
            if row.faults:
                raise PackError(row.faults[0], where=name)
        topics = []
        for row in found:
            if row.pack is None:
                continue
            locked = Topic.objects.select_for_update().get(pk=row.topic.pk) if row.topic else None
            if locked is not None and locked.draft_id:
                raise PackError(_("topik ini baru saja dibuka untuk disunting."), where=row.name)
            topic, version = write_version(locked, row.pack, by=by)
            audit.record(
                "content.imported",
                by=by,
                kind="topic",
                ref=topic.pk,
                data={"version": version.number},
            )
            topics.append(topic)
        return topics
