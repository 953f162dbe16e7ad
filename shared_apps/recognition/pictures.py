"""Logos and backgrounds of certificates: encoded anew, kept for ever by their content."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from toolkit import images

LOGO_PIXELS = 480
#: A4 at about 200 dots an inch, upright.
BACKGROUND_PIXELS = (1654, 2339)
#: Every certificate carries its background along, so it must stay small.
BACKGROUND_BYTES = 600 * 1024
#: Ending of a picture that is about to be deleted.
ASIDE = ".lost"
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


def sweep(*, in_use: Callable[[], set[str]], before: datetime.datetime) -> int:
    """Delete pictures that are older than a moment and not in use; returns how many.

    Each is set aside first and looked at again: one that was given or saved meanwhile returns.
    """
    oldest = before.timestamp()
    kept = in_use()
    aside = []
    for path in _folder().iterdir() if _folder().is_dir() else ():
        if path.suffix == ASIDE:
            aside.append(path)
        elif path.stem not in kept and path.stat().st_mtime < oldest:
            aside.append(path.rename(path.with_name(path.name + ASIDE)))
    kept = in_use() if aside else set()
    swept = 0
    for path in aside:
        if path.name[:64] in kept or path.stat().st_mtime >= oldest:
            path.rename(path.with_suffix(""))
        else:
            path.unlink()
            swept += 1
    return swept
