"""Logos and backgrounds of certificates: encoded anew, kept for ever by their content."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings

from toolkit import images

LOGO_PIXELS = 480
#: A4 at about 200 dots an inch, upright.
BACKGROUND_PIXELS = (1654, 2339)
#: Every certificate carries its background along, so it must stay small.
BACKGROUND_BYTES = 600 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "certificates"


def keep_logo(upload: Any) -> str:
    """Keep an uploaded logo and return its SHA-256; raises ImageRefused."""
    data = images.as_png(images.opened(upload), most=LOGO_PIXELS)
    return images.keep(data, _folder(), "png")


def keep_background(upload: Any, *, upright: bool) -> str:
    """Keep an uploaded background, cut to the page, and return its SHA-256."""
    width, height = BACKGROUND_PIXELS
    data = images.as_jpeg(
        images.opened(upload),
        size=(width, height) if upright else (height, width),
        most_bytes=BACKGROUND_BYTES,
    )
    return images.keep(data, _folder(), "jpg")


def _kept(sha256: str, ending: str) -> Path | None:
    path = _folder() / f"{sha256}.{ending}"
    return path if _SHA256.fullmatch(sha256) and path.is_file() else None


def logo(sha256: str) -> Path | None:
    """Return the file of a kept logo; None when there is none."""
    return _kept(sha256, "png")


def background(sha256: str) -> Path | None:
    """Return the file of a kept background; None when there is none."""
    return _kept(sha256, "jpg")
