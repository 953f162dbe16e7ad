"""Images that people upload: opened with limits, always encoded anew by us."""

import hashlib
import io
import os
import warnings
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from toolkit.errors import DomainError

#: Formats that are read; nothing that draws by instructions (SVG, PDF, EPS) is among them.
FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000


class ImageRefused(DomainError):
    """The file cannot be used as an image; the sentence says why."""


def opened(upload: Any) -> Image.Image:
    """Return an uploaded image, upright and decoded; raises ImageRefused with one sentence."""
    if upload.size > LARGEST_BYTES:
        raise ImageRefused(
            _("Gambar lebih besar dari {size} MB. Perkecil dahulu, lalu unggah lagi.").format(
                size=LARGEST_BYTES // 1024 // 1024
            )
        )
    return _decoded(upload)


def _decoded(file: IO[bytes]) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file.seek(0)
            # The size stands in the header: it is looked at before anything is unpacked.
            image = Image.open(file, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise ImageRefused(
                    _("Gambar itu terlalu besar: {width} × {height} piksel.").format(
                        width=image.width, height=image.height
                    )
                )
            image.load()
            return ImageOps.exif_transpose(image) or image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefused(_("Gambar itu terlalu besar untuk dibuka.")) from error
    except UnidentifiedImageError as error:
        raise ImageRefused(_("Berkas itu bukan gambar PNG, JPEG, atau WebP.")) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ImageRefused(_("Gambar itu rusak dan tidak dapat dibuka.")) from error


def as_png(image: Image.Image, *, most: int) -> bytes:
    """Return the image as PNG with its transparency, at most `most` pixels on a side."""
    small = image.convert("RGBA")
    small.thumbnail((most, most))
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def as_jpeg(image: Image.Image, *, size: tuple[int, int], most_bytes: int) -> bytes:
    """Return the image on white as JPEG that covers `size` pixels, of at most `most_bytes`."""
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    covered = ImageOps.fit(ground.convert("RGB"), size)
    data = b""
    for quality in (88, 80, 70, 60, 45, 30, 15):
        buffer = io.BytesIO()
        covered.save(buffer, "JPEG", quality=quality, optimize=True)
        data = buffer.getvalue()
        if len(data) <= most_bytes:
            break
    return data


def keep(data: bytes, folder: Path, ending: str) -> str:
    """Keep bytes under their SHA-256 and return it; the same bytes are kept once.

    Bytes that were there are as new again, so that no sweep of old ones takes them.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / f"{sha256}.{ending}"
    try:
        os.utime(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        temporary.write_bytes(data)
        temporary.replace(path)
    return sha256
