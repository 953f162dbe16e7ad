"""Storing images: drawn anew, so that nothing but the picture is kept."""

import io
import uuid

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import StoredFile
from tenant_apps.files.services.keeping import check_name, check_size, keep

WIDEST_IMAGE = 1200
MOST_PIXELS = 40_000_000
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def _reencoded(data: bytes, name: str) -> tuple[bytes, str, int, int]:
    """Return (bytes, media type, width, height) of an image drawn anew, without its metadata."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            form = opened.format or ""
            if form not in FORMATS or opened.width * opened.height > MOST_PIXELS:
                raise FileRefused(_("{name}: pakai gambar PNG, JPEG, atau WebP.").format(name=name))
            # Upright, since what told the viewer to turn it goes.
            image: Image.Image = _drawable(ImageOps.exif_transpose(opened) or opened.copy())
            image.thumbnail((WIDEST_IMAGE, WIDEST_IMAGE * 4))
            # A comment would be carried along.
            image.info.pop("comment", None)
            buffer = io.BytesIO()
            if form == "PNG" and image.mode not in {"RGBA", "LA", "P"}:
                # Diagrams need few colours; a palette makes them a third of the size.
                image = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
            image.save(buffer, form, optimize=True)
            return buffer.getvalue(), FORMATS[form], image.width, image.height
    # Damage shows in many ways: chunks, texts that unpack to too much, odd headers.
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, *BOMBS) as error:
        raise FileRefused(_("{name} bukan gambar yang dapat dibaca.").format(name=name)) from error


def _drawable(image: Image.Image) -> Image.Image:
    """Return scans in black and white or in 16 bits as the greys that can be drawn anew."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("L") if image.mode == "1" else image


def store_image(*, owner_kind: str, owner_uuid: uuid.UUID, name: str, data: bytes) -> StoredFile:
    """Store an image of an owner object, re-encoded.

    The same image again keeps its file; a changed one under the same name is another file, for
    earlier versions of the owner still show the first. Raises FileRefused.
    """
    check_size(name, len(data), rule="files.image_mb")
    check_name(name)
    encoded, media_type, width, height = _reencoded(data, name)
    stored = StoredFile(
        owner_kind=owner_kind,
        owner_uuid=owner_uuid,
        name=name,
        media_type=media_type,
        width=width,
        height=height,
    )
    return keep(stored, encoded)
