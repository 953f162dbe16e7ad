"""Files of a topic: images, PDF documents and films that its material shows."""

import re
import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.jobs import services as jobs
from tenant_apps.files import services as files
from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import StoredFile
from tenant_apps.files.selectors import address_of, files_of, owners
from tenant_apps.learning.models import Topic
from tenant_apps.learning.selectors.workshop import shown_by
from tenant_apps.learning.services.drafts import render_again
from tenant_apps.learning.services.editing import lock_draft, lock_to_edit, lock_topic
from tenants.choices import ThingKind

JOB = "learning.draw_pages"
#: Pages that are drawn while the person waits (about a fifth of a second each).
DRAWN_AT_ONCE = 8


@transaction.atomic
def attach(*, by: Any, topic: Topic, upload: UploadedFile) -> StoredFile:
    """Keep a file for the topic's material; what it is says its content, not its name.

    The pages of a long document are drawn by a job. Raises FileRefused, VersionNotOpen.
    """
    locked, _draft = lock_draft(by=by, topic=topic)
    with tempfile.TemporaryDirectory() as folder:
        path = _on_disk(upload, folder)
        stored = store_file(by=by, topic=locked, name=Path(upload.name or "").name, path=path)
    audit.record("file.stored", by=by, kind="topic", ref=locked.pk, data={"name": stored.name})
    return stored


def store_file(*, by: Any, topic: Topic, name: str, path: Path) -> StoredFile:
    """Keep a file of a topic in the caller's transaction; what it is says its content.

    Pages are drawn at once for the system (`by` None) and where they are few, else by a job.
    Raises FileRefused.
    """
    name = re.sub(r"[^\w.\- ]+", "-", name)[-160:] or "berkas"
    with path.open("rb") as file:
        start = file.read(1024)
    owner: dict[str, Any] = {"owner_kind": ThingKind.TOPIC, "owner_uuid": topic.pk, "name": name}
    if b"%PDF-" in start:
        stored = files.store_document(path=path, **owner)
    elif start[4:8] == b"ftyp" or start[:4] == b"\x1aE\xdf\xa3":
        stored = files.store_video(path=path, **owner)
    else:
        files.check_size(name, path.stat().st_size, rule="files.image_mb")
        stored = files.store_image(data=path.read_bytes(), **owner)
    if stored.pages and (by is None or stored.pages <= DRAWN_AT_ONCE):
        files.draw_pages(file_id=stored.pk)
    elif stored.pages:
        jobs.enqueue(
            kind=JOB,
            by=by,
            title=_("Menyiapkan halaman {name}").format(name=stored.name),
            params={"file": str(stored.pk), "topic": str(topic.pk), "slug": topic.slug},
            key=str(stored.pk),
        )
    return stored


@transaction.atomic
def detach(*, by: Any, topic: Topic, file_id: uuid.UUID) -> str:
    """Delete a file that no version of the topic shows; returns its name.

    Raises FileRefused with the versions that show it. A file that is gone leaves an empty name.
    """
    locked = lock_to_edit(by=by, topic=topic)
    versions = shown_by(locked).get(file_id)
    if versions:
        raise FileRefused(
            _("Berkas ini dipakai versi {numbers}, jadi tidak dapat dihapus.").format(
                numbers=", ".join(map(str, versions))
            )
        )
    names = files.remove(owner_kind=ThingKind.TOPIC, owner_uuid=locked.pk, file_ids=[file_id])
    for name in names:
        audit.record("file.removed", by=by, kind="topic", ref=locked.pk, data={"name": name})
    return "".join(names)


def sweep() -> int:
    """Delete topics' files that no version shows and nobody gave since long; returns how many.

    For the open tenant, each topic in a transaction of its own.
    """
    before = files.unused_since()
    swept = 0
    for topic in Topic.objects.filter(pk__in=owners(ThingKind.TOPIC, before=before)):
        with transaction.atomic():
            locked = lock_topic(topic)
            shown = shown_by(locked)
            kept = files_of(owner_kind=ThingKind.TOPIC, owner_uuid=locked.pk)
            names = files.remove(
                owner_kind=ThingKind.TOPIC,
                owner_uuid=locked.pk,
                file_ids=[file.pk for file in kept if file.pk not in shown],
                before=before,
            )
            for name in names:
                data = {"name": name}
                audit.record("file.removed", by=None, kind="topic", ref=locked.pk, data=data)
        swept += len(names)
    return swept


def _on_disk(upload: UploadedFile, folder: str) -> Path:
    """Return a path to the upload's bytes; large ones lie on the disk already."""
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    path = Path(folder) / "upload"
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return path


def draw(work: jobs.Work) -> None:
    """Draw the pages of a document (the handler of the job), then show them in the material."""
    file_id = uuid.UUID(str(work.params["file"]))
    files.draw_pages(file_id=file_id, note=lambda done, total: work.progress(done, total))
    with transaction.atomic():
        if not StoredFile.objects.filter(pk=file_id).exists():
            work.finish([_("Berkas ini dihapus sebelum halamannya siap.")])
            return
        render_again(topic_id=uuid.UUID(str(work.params["topic"])), address=address_of(file_id))
        work.finish(
            [_("Semua halaman siap dibaca.")],
            next_path=reverse("workshop", args=[work.params["slug"]], urlconf="config.urls_tenant"),
            next_label=_("Buka topik"),
        )
