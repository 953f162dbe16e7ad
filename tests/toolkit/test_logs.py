"""Logs are lines of JSON without personal data."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.http import HttpResponse
from django.test import RequestFactory

from toolkit import logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the product's own handler writes."""
    logs.configure({"level": "INFO"})
    (handler,) = [
        each
        for each in logging.getLogger().handlers
        if isinstance(each.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    assert isinstance(handler, logging.StreamHandler)
    buffer = io.StringIO()
    old = handler.setStream(buffer)
    yield buffer
    if old:
        handler.setStream(old)


def read(lines: io.StringIO) -> dict[str, Any]:
    """Return the newest line."""
    found: dict[str, Any] = json.loads(lines.getvalue().splitlines()[-1])
    return found


@pytest.mark.parametrize(
    "text",
    [
        "NIP 199001152015041001 ditolak",
        "nik=3171234567890001",
        "surat ke ayu.lestari+diklat@bkn.go.id gagal",
        "path /akun/?email=ayu@contoh.test&nip=199001152015041001",
    ],
)
def test_numbers_and_addresses_are_scrubbed(lines: io.StringIO, text: str) -> None:
    structlog.get_logger("lintas.test").warning(text, detail=text)
    logging.getLogger("another.package").warning("%s", text)
    for line in lines.getvalue().splitlines():
        shown = json.loads(line)
        assert "[…]" in shown["event"] and shown["level"] == "warning"
        assert shown.get("detail") in {None, shown["event"]}
    for personal in ("199001152015041001", "3171234567890001", "@"):
        assert personal not in lines.getvalue()


def test_a_trace_is_scrubbed_too(lines: io.StringIO) -> None:
    try:
        raise ValueError("199001152015041001")
    except ValueError:
        structlog.get_logger("lintas.test").exception("gagal")
    assert "ValueError: […]" in read(lines)["exception"]


def test_what_is_no_person_stays(lines: io.StringIO) -> None:
    structlog.get_logger("lintas.test").info("1234567890 dan 20 JP", count=21191)
    assert read(lines)["event"] == "1234567890 dan 20 JP"
    assert read(lines)["count"] == 21191


@pytest.mark.parametrize(("status", "slow", "logged"), [(200, 9, 0), (500, 9, 1), (200, 0, 1)])
def test_slow_and_failed_requests_are_logged_without_the_person(
    lines: io.StringIO, status: int, slow: float, logged: int
) -> None:
    middleware = logs.RequestLogMiddleware(lambda request: HttpResponse(status=status))
    middleware.SLOW_SECONDS = slow
    middleware(RequestFactory().get("/topik/?q=rahasia", REMOTE_ADDR="203.0.113.9"))
    written = lines.getvalue().splitlines()
    assert len(written) == logged
    if logged:
        shown = read(lines)
        assert (shown["path"], shown["status"], shown["tenant"]) == ("/topik/", status, "portal")
        assert "rahasia" not in lines.getvalue() and "203.0.113.9" not in lines.getvalue()
