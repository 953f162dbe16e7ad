"""Packs as files: what is exported can be imported, hostile zips are refused whole."""

import io
import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tenant_apps.files.models import StoredFile
from tenant_apps.learning.errors import PackError, TopicNotValid
from tenant_apps.learning.models import Section, Topic
from tenant_apps.learning.services import attachments, drafts, export, package, workshop
from tenant_apps.question_bank import selectors as question_bank
from tenant_apps.question_bank.models import Question
from tenants.schemas import in_tenant
from tests.tenant_apps.learning.conftest import DEMO

pytestmark = pytest.mark.django_db


def exported(topic: Topic, by: Any, folder: Path) -> Path:
    """Return a topic's pack as a zip."""
    path = folder / f"{topic.slug}.zip"
    export.export_topic(by=by, topic=topic, to=path)
    return path


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    """Write a zip of these entries."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def wordings(topic: Topic) -> list[Any]:
    """Return the topic's questions, without what belongs to their place."""
    rows = Question.objects.filter(category__in=topic.categories.all(), retired=False)
    return [replace(question_bank.as_item(row), category="") for row in rows.order_by("code")]


def attach_all(topic: Topic, by: Any, folder: Path) -> None:
    """Give the draft's first section an image, a document and two films."""
    picture = io.BytesIO()
    Image.new("RGB", (30, 30), "#0b5563").save(picture, "PNG")
    canvas = Canvas(str(folder / "a.pdf"))
    canvas.drawString(72, 72, "Pasal 1")
    canvas.save()
    film = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 64
    kept = [
        attachments.attach(by=by, topic=topic, upload=SimpleUploadedFile(name, data))
        for name, data in (
            ("alur (1).png", picture.getvalue()),
            ("surat edaran.pdf", (folder / "a.pdf").read_bytes()),
            ("film.mp4", film),
        )
    ]
    text = (
        f"## Alur\n\n![Alur](/berkas/{kept[0].pk}/)\n\n!lampiran(/berkas/{kept[1].pk}/)\n\n"
        f"!video(/berkas/{kept[2].pk}/)\n\n!video(https://vimeo.com/123456)\n"
    )
    section = Section.objects.filter(version=Topic.objects.get(pk=topic.pk).draft)[0]
    drafts.save_section(
        by=by, topic=topic, key=section.key, title=section.title, text=text,
        revision=section.revision,
    )  # fmt: skip


def test_a_topic_travels_whole(
    published: Topic, manager: Any, tenant_b: Any, make_account: Callable[..., Any], tmp_path: Path
) -> None:
    """Exported at one tenant, imported as a draft at another: the same words and questions."""
    from shared_apps.access.services import grant_role
    from tenant_apps.learning.services import review

    workshop.open_draft(by=manager, topic=published)
    attach_all(published, manager, tmp_path)
    review.publish(by=manager, topic=published)
    topic = Topic.objects.select_related("current").get(pk=published.pk)
    path = exported(topic, manager, tmp_path)
    names = set(zipfile.ZipFile(path).namelist())
    assert {"cuti-pns/topic.md", "cuti-pns/questions.gift"} <= names
    assert "cuti-pns/files/surat-edaran.pdf" in names and "cuti-pns/files/film.mp4" in names
    before, sections = wordings(topic), list(topic.current.sections.all())
    other = make_account(agency="kemenkumham", state="confirmed")
    grant_role(account=other, tenant=tenant_b, role="author", by=None)
    with in_tenant(tenant_b):
        (copy,) = package.import_drafts(by=other, path=path, name="paket.zip")
        copy = Topic.objects.select_related("draft").get(pk=copy.pk)
        assert copy.draft and copy.current is None and copy.owner_id == other.pk
        assert wordings(copy) == before
        rows = list(copy.draft.sections.all())
        assert [(row.key, row.title) for row in rows] == [(s.key, s.title) for s in sections]
        assert [row.markdown.strip() for row in rows[1:]] == [
            s.markdown.strip() for s in sections[1:]
        ]
        html = rows[0].html
        assert "<video" in html and "Baca di halaman ini" in html and "player.vimeo.com" in html
        addresses = set(StoredFile.objects.values_list("pk", flat=True))
        assert all(f"/berkas/{pk}/" in html for pk in addresses if pk)
        assert (copy.draft.title, copy.draft.goals, copy.draft.jp) == (
            topic.title, topic.goals, topic.jp,
        )  # fmt: skip


def test_importing_a_known_topic_is_its_next_draft(
    published: Topic, manager: Any, author: Any, tmp_path: Path
) -> None:
    """What is published stays; a second import is refused while the draft is open."""
    path = exported(published, manager, tmp_path)
    with package.looked_through(by=author, path=path, name="x.zip") as found:
        assert "bukan penyusunnya" in found[0].faults[0]
    (topic,) = package.import_drafts(by=manager, path=path, name="x.zip")
    topic = Topic.objects.select_related("draft").get(pk=topic.pk)
    assert topic.pk == published.pk and topic.version == 1
    assert topic.draft and topic.draft.number == 2
    with pytest.raises(PackError, match="draf terbuka"):
        package.import_drafts(by=manager, path=path, name="x.zip")


def test_an_unfinished_draft_is_not_exported(draft: Topic, author: Any, tmp_path: Path) -> None:
    """The sentence names what the pack lacks."""
    with pytest.raises(TopicNotValid, match=r"topic\.md"):
        exported(Topic.objects.select_related("draft").get(pk=draft.pk), author, tmp_path)


def test_every_fault_is_named(opened: Any, manager: Any, tmp_path: Path) -> None:
    """File and line of each, over all topics; nothing is imported."""
    folder = tmp_path / "paket"
    shutil.copytree(DEMO / "kanreg10" / "cuti-pns", folder / "cuti-pns")
    shutil.copytree(DEMO / "kanreg10" / "disiplin-pns", folder / "disiplin-pns")
    path = folder / "cuti-pns" / "topic.md"
    text = path.read_text("utf-8").replace("jp: 2", "jp: dua")
    path.write_text(text + "\n![](images/tidak.png)\n", "utf-8")
    gift = folder / "cuti-pns" / "questions.gift"
    gift.write_text(gift.read_text("utf-8").replace("$CATEGORY: ", "$CATEGORY: x-", 1), "utf-8")
    archive = Path(shutil.make_archive(str(tmp_path / "paket"), "zip", folder))
    with package.looked_through(by=manager, path=archive, name="paket.zip") as found:
        by_name = {row.name: row.faults for row in found}
    assert by_name["disiplin-pns"] == []
    faults = by_name["cuti-pns"]
    assert any(fault.startswith("cuti-pns/topic.md:") and "jp" in fault for fault in faults)
    assert any("teks pengganti" in fault for fault in faults)
    assert sum("questions.gift:" in fault for fault in faults) >= 2
    with pytest.raises(PackError):
        package.import_drafts(by=manager, path=archive, name="paket.zip")
    assert not Topic.objects.exists()


def link_entry() -> zipfile.ZipInfo:
    """Return an entry that is a link to a file of the system."""
    entry = zipfile.ZipInfo("a/topic.md")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    "kind", ["text", "empty", "up", "absolute", "backslash", "link", "bomb", "many", "locked"]
)
def test_hostile_zips(
    opened: Any, manager: Any, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused with a sentence; nothing is written outside, nothing into the tenant."""
    path = tmp_path / "paket.zip"
    if kind == "text":
        path.write_bytes(b"bukan zip")
    elif kind == "bomb":
        monkeypatch.setattr(package, "MOST_BYTES", 1_000_000)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/topic.md", b"0" * 5_000_000)
        assert path.stat().st_size < 20_000
    elif kind == "link":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(link_entry(), "/etc/passwd")
    elif kind == "many":
        monkeypatch.setattr(package, "MOST_FILES", 20)
        zipped(path, {f"a/{number}.md": b"" for number in range(30)})
    elif kind == "locked":
        zipped(path, {"a/topic.md": b"x"})
        data = bytearray(path.read_bytes())
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + at] |= 1
        path.write_bytes(bytes(data))
    else:
        name = {
            "empty": "catatan.txt", "up": "../../luar.md", "absolute": "/tmp/luar.md",
            "backslash": "..\\luar.md",
        }[kind]  # fmt: skip
        zipped(path, {name: b"x"})
    with pytest.raises(PackError) as refused:
        package.import_drafts(by=manager, path=path, name="paket.zip")
    assert str(refused.value).startswith(("paket.zip: ", "/"))
    assert not Topic.objects.exists() and not list(tmp_path.parent.rglob("luar.md"))


def test_pages(
    published: Topic,
    manager: Any,
    author: Any,
    client_for: Callable[..., Client],
    tenant_a: Any,
    tmp_path: Path,
    make_account: Callable[..., Any],
) -> None:
    """Export by whoever works here, import by authors; a check writes nothing."""
    chief, desk = client_for(tenant_a, manager), client_for(tenant_a, author)
    answer = desk.get(f"/kelola/topik/{published.slug}/ekspor/")
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="cuti-pns.zip"'
    renamed = tmp_path / "baru.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(renamed, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("cuti-pns/", "cuti-baru/"), source.read(name))

    def upload() -> SimpleUploadedFile:
        return SimpleUploadedFile("baru.zip", renamed.read_bytes())

    page = desk.post("/kelola/topik/impor/", {"file": upload()}).content.decode()
    assert "Tidak ada kesalahan" in page and not Topic.objects.filter(slug="cuti-baru").exists()
    answer = desk.post("/kelola/topik/impor/", {"file": upload(), "impor": "1"})
    assert answer["Location"] == "/kelola/topik/cuti-baru/"
    answer = desk.post("/kelola/topik/impor/", {"file": upload(), "impor": "1"})
    assert answer.status_code == 422 and "draf terbuka" in answer.content.decode()
    assert chief.post("/kelola/topik/impor/", {}).status_code == 422
    with pytest.raises(PermissionDenied):
        package.import_drafts(by=make_account(), path=renamed, name="x.zip")


def test_a_damaged_zip_is_refused_with_a_sentence(
    published: Topic, manager: Any, client_for: Callable[..., Client], tenant_a: Any
) -> None:
    """Bytes that no longer unpack were a fault: only the archive's own damage was expected."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("topic.md", "isi " * 5_000)
    data = bytearray(buffer.getvalue())
    data[45:60] = b"\xff" * 15
    upload = SimpleUploadedFile("rusak.zip", bytes(data))
    answer = client_for(tenant_a, manager).post("/kelola/topik/impor/", {"file": upload})
    assert answer.status_code == 422 and "bukan ZIP" in answer.content.decode()
