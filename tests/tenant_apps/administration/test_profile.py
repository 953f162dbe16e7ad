"""Profile and look: who may change them, what is refused, where they are seen."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shared_apps.audit.models import Event
from tenants import hosts
from tests.pages import words_of

Makes = Callable[..., Any]
URL = "/kelola/profil/"
PROFILE = {
    "name": "BKN Kantor Regional X",
    "tagline": "Belajar manajemen ASN",
    "description": "Kami **melatih** ASN.\n\n<script>alert(1)</script>",
    "address": "Jl. Bypass Ngurah Rai\nDenpasar",
    "phone": "0361 123456",
    "email": "diklat@contoh.test",
    "website": "contoh.test",
    "place": "Denpasar",
    "signer_name": "Kepala Kantor",
    "signer_position": "Kepala",
    "time_zone": "Asia/Makassar",
}


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#7a1f2b").save(buffer, kind)
    return buffer.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few hundred bytes that says it has 30,000 × 30,000 points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_profile_is_saved_and_seen(
    room: Any, tenant_a: Any, client_for: Makes, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Zona waktu" in words_of(room.get(URL))
    with django_capture_on_commit_callbacks(execute=True):
        saved = room.post(URL, PROFILE, follow=True)
    assert "Profil tersimpan." in words_of(saved)
    tenant_a.refresh_from_db()
    assert (tenant_a.website, tenant_a.time_zone) == ("https://contoh.test", "Asia/Makassar")
    for client, path in ((client_for(tenant_a), "/tentang/"), (client_for(None), "/i/kanreg10/")):
        answer = client.get(path)
        assert "<strong>melatih</strong>" in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()
        page = words_of(answer)
        assert "Jl. Bypass Ngurah Rai" in page and "diklat@contoh.test" in page
    event = Event.objects.get(verb="tenant.profile_saved")
    assert set(event.data["fields"]) >= {"description", "time_zone"}
    assert "name" not in event.data["fields"]
    room.post(URL, PROFILE)
    assert Event.objects.filter(verb="tenant.profile_saved").count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"email": "bukan"},
        {"website": "javascript:alert(1)"},
        {"phone": "telepon saja"},
        {"time_zone": "Europe/Amsterdam"},
        {"description": "x" * 4001},
    ],
)
def test_wrong_input_keeps_what_was_typed(
    room: Any, tenant_a: Any, changed: dict[str, str]
) -> None:
    answer = room.post(URL, {**PROFILE, "tagline": "Diketik", **changed})
    assert answer.status_code == 422
    assert "Diketik" in answer.content.decode()
    tenant_a.refresh_from_db()
    assert tenant_a.tagline == ""


def test_a_light_colour_is_darkened_and_said_so(room: Any, tenant_a: Any) -> None:
    seen = room.post(URL + "tampilan/", {"colour": "#FFE600", "pratinjau": "1"})
    page = words_of(seen)
    assert "Warna akan disimpan sebagai" in page and "belum disimpan" in page
    assert 'href="/tampilan/' in seen.content.decode()
    tenant_a.refresh_from_db()
    assert tenant_a.colour == "#7a1f2b"
    saved = words_of(room.post(URL + "tampilan/", {"colour": "#FFE600"}, follow=True))
    assert "terlalu terang untuk tulisan putih" in saved
    tenant_a.refresh_from_db()
    assert tenant_a.colour != "#ffe600"
    assert room.post(URL + "tampilan/", {"colour": "#1f6f54"}).status_code == 302
    tenant_a.refresh_from_db()
    assert tenant_a.colour == "#1f6f54"
    assert room.post(URL + "tampilan/", {"colour": "red;}"}).status_code == 422


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew(room: Any, tenant_a: Any, kind: str) -> None:
    logo = SimpleUploadedFile("../../logo.php", picture(kind), content_type="text/html")
    room.post(URL + "tampilan/", {"colour": "#1f6f54", "logo": logo})
    tenant_a.refresh_from_db()
    hosts.forget_hosts()
    served = room.get(f"/tampilan/{tenant_a.logo_sha256}.png")
    with Image.open(io.BytesIO(served.content)) as image:
        assert (image.format, image.size) == ("PNG", (40, 20))
    room.post(URL + "tampilan/", {"colour": "#1f6f54", "without_logo": "on"})
    tenant_a.refresh_from_db()
    assert tenant_a.logo_sha256 == ""


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", SVG),
        ("logo.svg", b'<?xml version="1.0"?>' + SVG),
        ("logo.png", bomb()),
        ("logo.png", picture()[:60]),
        ("logo.png", b"GIF89a" + b"\0" * 200),
        ("logo.png", b"%PDF-1.7"),
        ("logo.png", picture() + b"\0" * (2 * 1024 * 1024)),
        ("logo.png", picture(size=(6000, 6000))),
    ],
)
def test_hostile_logos_are_refused(room: Any, tenant_a: Any, name: str, data: bytes) -> None:
    logo = SimpleUploadedFile(name, data, content_type="image/png")
    answer = room.post(URL + "tampilan/", {"colour": "#1f6f54", "logo": logo})
    assert answer.status_code == 422
    assert "PNG, JPEG, atau WebP" in words_of(answer)
    tenant_a.refresh_from_db()
    assert (tenant_a.logo_sha256, tenant_a.colour) == ("", "#7a1f2b")
    assert not Event.objects.filter(verb="tenant.look_saved").exists()


def test_an_empty_profile_has_a_public_page(client_for: Makes, tenant_a: Any) -> None:
    page = words_of(client_for(tenant_a).get("/tentang/"))
    assert "BKN Kantor Regional X" in page and "Badan Kepegawaian Negara" in page
