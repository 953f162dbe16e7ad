"""Images: drawn anew, kept by their content, handed out to those who may read their owner."""

import io
import struct
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image, PngImagePlugin

from tenant_apps.files import services
from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import StoredFile
from tenant_apps.learning.models import Topic
from tenants.schemas import in_tenant

SECRET = "di rumah"


def image(colour: str = "#1f6f54", *, size: tuple[int, int] = (40, 30), form: str = "PNG") -> bytes:
    """Return an image that carries a text beside its picture."""
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", SECRET)
    buffer = io.BytesIO()
    options: dict[str, Any] = {"pnginfo": note} if form == "PNG" else {}
    Image.new("RGB", size, colour).save(buffer, form, **options)
    return buffer.getvalue()


@pytest.fixture
def topic(tenant_a: Any, tmp_path: Path, settings: Any) -> Iterator[Topic]:
    """A published topic, with the tenant open and files in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    with in_tenant(tenant_a):
        yield Topic.objects.create(
            slug="uji", title="Uji", summary="Uji.", jp=2, state="published", visibility="own"
        )


def store(topic: Topic, data: bytes, name: str = "gambar.png") -> StoredFile:
    """Store an image of the topic."""
    return services.store_image(owner_kind="topic", owner_uuid=topic.pk, name=name, data=data)


def test_an_image_is_drawn_anew(topic: Topic) -> None:
    """Too wide becomes 1,200 px; text beside the picture is gone; type and size are noted."""
    data = image(size=(2400, 100))
    assert SECRET.encode() in data
    stored = store(topic, data)
    kept = services.path_of(stored.pk, "kanreg10").read_bytes()
    assert SECRET.encode() not in kept
    assert (stored.width, stored.height, stored.media_type) == (1200, 50, "image/png")
    assert stored.size == len(kept)


def test_new_bytes_get_a_new_address(topic: Topic) -> None:
    """The same image keeps its file; another one of that name is another file."""
    first = store(topic, image())
    assert store(topic, image()).pk == first.pk
    second = store(topic, image("#8a1c2b"))
    assert second.pk != first.pk
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {first.pk, second.pk}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "gambar.svg"),
        (image(form="GIF"), "gambar.gif"),
        (b"", "kosong.png"),
        (image() + b"\0" * (5 * 1024 * 1024), "besar.png"),
        (image(), "../gambar.png"),
        (image(), ""),
    ],
)
def test_refusals(topic: Topic, data: bytes, name: str) -> None:
    """Other types, broken or too large files, and names that lead elsewhere."""
    with pytest.raises(FileRefused):
        store(topic, data, name)
    assert not StoredFile.objects.exists()


def test_who_may_read_the_owner_may_read_the_file(
    topic: Topic, make_account: Any, client_for: Any, tenant_a: Any, portal_client: Client
) -> None:
    """A topic for the own agency only: its people get the image, all others 404."""
    stored = store(topic, image())
    address = f"/berkas/{stored.pk}/"
    response = client_for(tenant_a, make_account(agency="bkn", state="confirmed")).get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"].startswith("private")
    assert b"".join(response.streaming_content)[:4] == b"\x89PNG"
    for client in (
        client_for(tenant_a),
        client_for(tenant_a, make_account(agency="kemenkumham")),
        portal_client,
    ):
        assert client.get(address).status_code == 404


def test_a_kind_that_nobody_answers_for_is_refused(
    topic: Topic, make_account: Any, client_for: Any, tenant_a: Any
) -> None:
    """Without an owner's app that says yes, nobody reads a file."""
    stored = services.store_image(
        owner_kind="wiki", owner_uuid=uuid.uuid4(), name="a.png", data=image()
    )
    client = client_for(tenant_a, make_account(agency="bkn", state="confirmed"))
    assert client.get(f"/berkas/{stored.pk}/").status_code == 404


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "LA", "P", "RGBA"])
def test_scans_of_every_depth_are_drawn(topic: Topic, mode: str) -> None:
    """Fax and 16-bit scans were a fault."""
    buffer = io.BytesIO()
    Image.new(mode, (20, 30), 1 if mode != "LA" else (1, 1)).save(buffer, "PNG")
    assert (store(topic, buffer.getvalue()).width, store(topic, buffer.getvalue()).height) == (
        20,
        30,
    )


def test_sixteen_bits_keep_their_greys(topic: Topic) -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (4, 4), 0x8000).save(buffer, "PNG")
    stored = store(topic, buffer.getvalue())
    with Image.open(services.path_of(stored.pk, "kanreg10")) as kept:
        assert kept.convert("L").getpixel((0, 0)) == 128


def test_a_photo_is_upright_and_says_nothing(topic: Topic) -> None:
    """Turned as the camera said, and then without what the camera said."""
    taken = Image.new("RGB", (40, 30), "#1f6f54")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET
    buffer = io.BytesIO()
    taken.save(buffer, "JPEG", exif=exif, comment=SECRET.encode())
    assert buffer.getvalue().count(SECRET.encode()) == 2
    stored = store(topic, buffer.getvalue(), "foto.jpg")
    assert (stored.width, stored.height) == (30, 40)
    assert SECRET.encode() not in services.path_of(stored.pk, "kanreg10").read_bytes()


def test_texts_that_unpack_to_megabytes_are_refused(topic: Topic) -> None:
    """A picture of a few kilobytes whose note fills the memory was a fault."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    data = image()
    at = data.index(b"IDAT") - 4
    bomb = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 3_000_000))
    with pytest.raises(FileRefused):
        store(topic, data[:at] + bomb + data[at:])
