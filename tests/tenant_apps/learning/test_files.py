"""Files of a topic: deleted by hand where no version shows them, and swept when old."""

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from shared_apps.audit.models import Event
from tenant_apps.files import services as files
from tenant_apps.files.models import FilePage, StoredFile
from tenant_apps.files.tasks import sweep
from tenant_apps.learning.models import Section, Topic
from tenant_apps.learning.services import attachments, drafts
from tenant_apps.learning.tasks import sweep_files
from toolkit.errors import DomainError

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=31)


@pytest.fixture
def picture(draft: Topic, author: Any, tmp_path: Path) -> StoredFile:
    """A picture of the draft that nothing shows yet."""
    return attachments.attach(by=author, topic=draft, upload=png(tmp_path))


def png(folder: Path, colour: str = "#0b5563") -> SimpleUploadedFile:
    """Return an image as a browser sends it."""
    path = folder / "alur.png"
    Image.new("RGB", (40, 20), colour).save(path)
    return SimpleUploadedFile("alur.png", path.read_bytes())


def show(topic: Topic, author: Any, text: str) -> None:
    """Write the text of the draft's section."""
    section = Section.objects.get(version=topic.draft_id, key="syarat")
    drafts.save_section(
        by=author, topic=topic, key="syarat", title=section.title, text=text,
        revision=section.revision,
    )  # fmt: skip


def on_disk(file_id: uuid.UUID, tenant: Any) -> Path:
    """Return where the bytes lie."""
    return files.path_of(file_id, tenant.code)


def age(*rows: StoredFile) -> None:
    """Let files be as old as what is swept."""
    for row in rows:
        StoredFile.objects.filter(pk=row.pk).update(stored_at=timezone.now() - LONG_AGO)


def test_an_unused_file_is_deleted_from_its_list(
    client_for: Any, opened: Any, author: Any, draft: Topic, picture: StoredFile,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    """The page asks once; row and bytes go, the trail keeps who did it; twice is harmless."""
    desk: Client = client_for(opened, author)
    address = f"/kelola/topik/{draft.slug}/berkas/{picture.pk}/hapus/"
    assert address in desk.get(f"/kelola/topik/{draft.slug}/berkas/").content.decode()
    assert "alur.png" in desk.get(address).content.decode()
    path = on_disk(picture.pk, opened)
    assert path.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(address, follow=True)
    assert "alur.png dihapus." in answer.content.decode()
    assert not path.exists() and not StoredFile.objects.exists()
    assert Event.objects.filter(verb="file.removed").count() == 1
    assert desk.post(address).status_code == 302


def test_a_shown_file_stays_and_says_where(
    client_for: Any, opened: Any, author: Any, draft: Topic, picture: StoredFile
) -> None:
    """By number of the version, in the list and in the refusal."""
    show(draft, author, f"![Alur](/berkas/{picture.pk}/)")
    desk: Client = client_for(opened, author)
    page = desk.get(f"/kelola/topik/{draft.slug}/berkas/").content.decode()
    assert "Versi 1" in page and "/hapus/" not in page
    with pytest.raises(DomainError, match="dipakai versi 1"):
        attachments.detach(by=author, topic=draft, file_id=picture.pk)
    address = f"/kelola/topik/{draft.slug}/berkas/{picture.pk}/hapus/"
    assert "dipakai versi 1" in desk.post(address, follow=True).content.decode()
    assert StoredFile.objects.filter(pk=picture.pk).exists()


def test_a_document_goes_with_its_pages(
    opened: Any, author: Any, draft: Topic, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """An equal page of another document keeps its picture; drawing later does nothing."""
    stored = []
    for name, last in (("satu.pdf", "A"), ("dua.pdf", "B")):
        canvas = Canvas(str(tmp_path / name))
        for text in ("Sama", last):
            canvas.drawString(72, 72, text)
            canvas.showPage()
        canvas.save()
        upload = SimpleUploadedFile(name, (tmp_path / name).read_bytes())
        stored.append(attachments.attach(by=author, topic=draft, upload=upload))
    assert (StoredFile.objects.count(), FilePage.objects.count()) == (5, 4)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.detach(by=author, topic=draft, file_id=stored[0].pk)
    assert (StoredFile.objects.count(), FilePage.objects.count()) == (3, 2)
    for page in FilePage.objects.all():
        assert on_disk(page.image_id, opened).is_file()
    files.draw_pages(file_id=stored[0].pk)
    assert FilePage.objects.count() == 2


def test_the_sweep_takes_only_what_is_old_and_unused(
    opened: Any, author: Any, draft: Topic, picture: StoredFile, tmp_path: Path
) -> None:
    """A file of today, one that is shown, and one that was given again all stay."""
    fresh = attachments.attach(by=author, topic=draft, upload=png(tmp_path, "#111111"))
    shown = attachments.attach(by=author, topic=draft, upload=png(tmp_path, "#222222"))
    again = attachments.attach(by=author, topic=draft, upload=png(tmp_path, "#333333"))
    show(draft, author, f"![Alur](/berkas/{shown.pk}/)")
    age(picture, shown, again)
    attachments.attach(by=author, topic=draft, upload=png(tmp_path, "#333333"))
    assert sweep_files.call() == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {fresh.pk, shown.pk, again.pk}
    assert sweep_files.call() == 0


def test_bytes_without_a_row_go_when_old(opened: Any, picture: StoredFile) -> None:
    """Those of a running upload are young; files called otherwise are not ours to delete."""
    folder = on_disk(picture.pk, opened).parent
    old = time.time() - LONG_AGO.total_seconds()
    lost, part, young, other = (
        folder / str(uuid.uuid4()), folder / f"{uuid.uuid4()}.part", folder / str(uuid.uuid4()),
        folder / "catatan.txt",
    )  # fmt: skip
    for path in (lost, part, young, other):
        path.write_bytes(b"x")
    for path in (lost, part, other, on_disk(picture.pk, opened)):
        os.utime(path, (old, old))
    assert sweep.call() == 2
    assert not lost.exists() and not part.exists()
    assert young.exists() and other.exists() and on_disk(picture.pk, opened).is_file()


def test_the_catalogue_finds_what_a_document_says(
    opened: Any, author: Any, draft: Topic, tmp_path: Path, monkeypatch: Any
) -> None:
    """The text of shown PDF documents follows that of the material, up to a limit."""
    from shared_apps.catalog.models import Entry
    from tenant_apps.learning.services import publication

    canvas = Canvas(str(tmp_path / "a.pdf"))
    for text in ("Delegasi wewenang", "Zakat profesi"):
        canvas.drawString(72, 72, text)
        canvas.showPage()
    canvas.save()
    upload = SimpleUploadedFile("a.pdf", (tmp_path / "a.pdf").read_bytes())
    stored = attachments.attach(by=author, topic=draft, upload=upload)
    show(draft, author, f"Isi.\n\n!lampiran(/berkas/{stored.pk}/)")
    topic = Topic.objects.get(pk=draft.pk)
    assert topic.draft is not None

    def found(word: str) -> bool:
        return Entry.objects.extra(
            where=["search @@ plainto_tsquery('simple', %s)"], params=[word]
        ).exists()

    publication.make_current(topic, topic.draft)
    assert found("delegasi") and found("zakat")
    monkeypatch.setattr(publication, "MOST_OF_DOCUMENTS", 9)
    publication.announce(topic)
    assert found("delegasi") and not found("zakat")
