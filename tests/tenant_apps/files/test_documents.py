"""PDF documents and films: hostile ones refused with a sentence, pages drawn, parts served."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from reportlab.pdfgen.canvas import Canvas

from tenant_apps.files import services
from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import FilePage, StoredFile
from tenant_apps.files.selectors import named_in
from tenant_apps.learning.models import Topic
from tenants.schemas import in_tenant

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 500
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm" + b"\x00" * 500


@pytest.fixture
def topic(tenant_a: Any, tmp_path: Path, settings: Any) -> Iterator[Topic]:
    """A public topic, with the tenant open and files in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with in_tenant(tenant_a):
        yield Topic.objects.create(slug="uji", title="Uji", summary="Uji.", jp=2, state="published")


def pdf(path: Path, pages: int = 2, size: tuple[int, int] = (595, 842), **options: Any) -> Path:
    """Write a PDF with a line on each page."""
    canvas = Canvas(str(path), pagesize=size, **options)
    for number in range(1, pages + 1):
        canvas.drawString(72, 72, f"Pasal {number} tentang cuti")
        canvas.showPage()
    canvas.save()
    return path


def store(topic: Topic, path: Path, name: str = "surat.pdf") -> StoredFile:
    """Store a document of the topic."""
    return services.store_document(owner_kind="topic", owner_uuid=topic.pk, name=name, path=path)


def test_pages_are_drawn_once(topic: Topic, tmp_path: Path) -> None:
    """Pictures with their text; a repeat and a second copy of the same file add nothing."""
    stored = store(topic, pdf(tmp_path / "a.pdf", pages=3))
    assert stored.pages == 3
    steps: list[tuple[int, int]] = []
    services.draw_pages(file_id=stored.pk, note=lambda done, total: steps.append((done, total)))
    services.draw_pages(file_id=stored.pk)
    assert steps == [(1, 3), (2, 3), (3, 3)]
    pages = list(FilePage.objects.select_related("image"))
    assert [page.number for page in pages] == [1, 2, 3]
    assert "Pasal 2 tentang cuti" in pages[1].text
    assert (pages[0].image.media_type, pages[0].image.width) == ("image/webp", 1000)
    address = f"/berkas/{stored.pk}/"
    kept = named_in(f"!lampiran({address})", owner_kind="topic", owner_uuid=topic.pk)[address]
    assert kept.is_ready and len(kept.drawn) == 3
    assert not named_in(f"!lampiran({address})", owner_kind="topic", owner_uuid=uuid.uuid4())


def test_an_interrupted_drawing_goes_on(topic: Topic, tmp_path: Path) -> None:
    """What was drawn stays; the next run draws the rest."""
    stored = store(topic, pdf(tmp_path / "a.pdf", pages=3))

    def crash(done: int, total: int) -> None:
        if done == 2:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        services.draw_pages(file_id=stored.pk, note=crash)
    assert FilePage.objects.count() == 1
    services.draw_pages(file_id=stored.pk)
    assert FilePage.objects.count() == 3


@pytest.mark.parametrize("kind", ["broken", "cut", "locked", "empty", "name", "many"])
def test_refused_documents(topic: Topic, tmp_path: Path, kind: str) -> None:
    """Each with a sentence; nothing is kept."""
    path = pdf(tmp_path / "a.pdf", pages=151 if kind == "many" else 1)
    if kind == "broken":
        path.write_bytes(b"%PDF-1.7\n" + b"\xff" * 3000)
    elif kind == "cut":
        path.write_bytes(path.read_bytes()[:200])
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "locked":
        path = pdf(tmp_path / "b.pdf", encrypt="rahasia")
    with pytest.raises(FileRefused) as refused:
        store(topic, path, "../a.pdf" if kind == "name" else "a.pdf")
    assert str(refused.value)
    if kind == "locked":
        assert "kata sandi" in str(refused.value)
    assert not StoredFile.objects.exists()


def test_odd_page_sizes(topic: Topic, tmp_path: Path) -> None:
    """A huge, a tiny and a very long page are drawn within bounds."""
    for number, size in enumerate(((14_000, 14_000), (3, 3), (100, 10_000))):
        stored = store(topic, pdf(tmp_path / f"{number}.pdf", pages=1, size=size))
        services.draw_pages(file_id=stored.pk)
        image = FilePage.objects.get(file=stored).image
        assert (image.width or 0) <= 1001 and (image.height or 0) <= 4001


def test_films_are_told_by_their_first_bytes(topic: Topic, tmp_path: Path) -> None:
    """MP4 and WebM; a renamed program is none."""
    path = tmp_path / "film"
    owner: dict[str, Any] = {"owner_kind": "topic", "owner_uuid": topic.pk}
    for data, media_type in ((MP4, "video/mp4"), (WEBM, "video/webm")):
        path.write_bytes(data)
        assert services.store_video(name="a.mp4", path=path, **owner).media_type == media_type
    path.write_bytes(b"MZ" + b"\x00" * 100)
    with pytest.raises(FileRefused):
        services.store_video(name="a.mp4", path=path, **owner)


def test_the_tenant_has_so_much_room(topic: Topic, tenant_a: Any, tmp_path: Path) -> None:
    """What would not fit is refused with the amount."""
    import datetime

    from shared_apps.rules.selectors import forget_values
    from shared_apps.rules.services import set_value

    set_value(
        key="files.tenant_gb", value=0, valid_from=datetime.date(2020, 1, 1), source="uji",
        tenant_id=tenant_a.pk, by=None,
    )  # fmt: skip
    forget_values()
    with pytest.raises(FileRefused, match="penuh"):
        store(topic, pdf(tmp_path / "a.pdf"))


@pytest.mark.parametrize(
    ("asked", "status", "body", "shown"),
    [
        ("", 200, MP4, None),
        ("bytes=0-3", 206, MP4[:4], f"bytes 0-3/{len(MP4)}"),
        ("bytes=500-", 206, MP4[500:], f"bytes 500-{len(MP4) - 1}/{len(MP4)}"),
        ("bytes=-5", 206, MP4[-5:], f"bytes {len(MP4) - 5}-{len(MP4) - 1}/{len(MP4)}"),
        ("bytes=9999999-", 416, b"", f"bytes */{len(MP4)}"),
        ("bytes=5-2", 416, b"", f"bytes */{len(MP4)}"),
        ("bytes=0-1,4-5", 200, MP4, None),
        ("bytes=x-y", 200, MP4, None),
        ("lines=1-2", 200, MP4, None),
    ],
)
def test_parts_are_served(
    topic: Topic,
    tmp_path: Path,
    client_for: Any,
    tenant_a: Any,
    asked: str,
    status: int,
    body: bytes,
    shown: str | None,
) -> None:
    """As players ask for them; what cannot be understood gets the whole."""
    path = tmp_path / "film"
    path.write_bytes(MP4)
    stored = services.store_video(owner_kind="topic", owner_uuid=topic.pk, name="a.mp4", path=path)
    client: Client = client_for(tenant_a)
    answer = client.get(f"/berkas/{stored.pk}/", headers={"range": asked} if asked else {})
    got = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, got, answer.headers.get("Content-Range")) == (status, body, shown)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"].startswith("inline")


def test_documents_are_saved_not_opened(
    topic: Topic, tmp_path: Path, client_for: Any, tenant_a: Any
) -> None:
    """A PDF may hold programs: browsers get it as a download, in a sandbox."""
    stored = store(topic, pdf(tmp_path / "a.pdf"), "surat edaran.pdf")
    answer = client_for(tenant_a).get(f"/berkas/{stored.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="surat edaran.pdf"'
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
