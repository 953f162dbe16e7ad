"""Pages leave packed where the browser can unpack them, and nothing else does."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from toolkit.compression import CompressionMiddleware

PAGE = "<p>Halaman.</p>" * 200


def answer(response: HttpResponse, offered: str) -> HttpResponse:
    """Return what a browser gets that offers these encodings."""
    request = RequestFactory().get("/", headers={"accept-encoding": offered})
    return CompressionMiddleware(lambda _: response)(request)


@pytest.mark.parametrize(
    ("offered", "used", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
    ],
)
def test_a_page_is_packed(offered: str, used: str, unpack: object) -> None:
    found = answer(HttpResponse(PAGE), offered)
    assert found["Content-Encoding"] == used
    assert found["Vary"] == "Accept-Encoding"
    assert int(found["Content-Length"]) == len(found.content) < len(PAGE) / 10
    assert unpack(found.content).decode() == PAGE  # type: ignore[operator]


def test_what_stays_as_it_is() -> None:
    plain = answer(HttpResponse(PAGE), "")
    assert plain.content.decode() == PAGE and "Content-Encoding" not in plain
    assert plain["Vary"] == "Accept-Encoding"
    for response in (
        HttpResponse("<p>Pendek.</p>"),
        HttpResponse(b"%PDF" * 400, content_type="application/pdf"),
        HttpResponse(PAGE, headers={"Content-Encoding": "zstd"}),
        StreamingHttpResponse([PAGE]),
    ):
        before = response.get("Content-Encoding")
        assert answer(response, "br").get("Content-Encoding") == before


def test_every_page_carries_the_content_policy(portal_client: Client) -> None:
    for path, host in (("/akun/masuk/", None), ("/tidak-ada/", None), ("/", "x.example")):
        headers = {"host": f"x.{portal_client.defaults['HTTP_HOST']}"} if host else {}
        response = portal_client.get(path, headers={"accept-encoding": "br", **headers})
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Content-Encoding"] == "br"
