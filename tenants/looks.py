"""A tenant's look: logo files kept by content, and a stylesheet with its colour."""

import hashlib
import io
import secrets
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image

from tenants.errors import LogoRefused
from tenants.models import Tenant

LOGO_SIZE = 320
#: What is taken: bytes of the file, points along one side, kinds of pictures.
MOST_BYTES, MOST_POINTS, FORMATS = 2 * 1024 * 1024, 5_000, ("PNG", "JPEG", "WEBP")
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def logo_path(sha256: str) -> Path:
    """Return where the logo with this hash is stored."""
    return Path(settings.MEDIA_ROOT) / "looks" / f"{sha256}.png"


def read_logo(source: Path | IO[bytes]) -> bytes:
    """Return a picture drawn anew as PNG of at most 320 px; raises LogoRefused.

    Only pictures of points are opened, and only after a look at how many points they claim:
    a drawing (SVG) can carry programs, a tiny file can unfold into gigabytes.
    """
    refusal = LogoRefused(
        _(
            "Berkas ini tidak dapat dipakai sebagai logo. Pilih gambar PNG, JPEG, atau WebP, "
            "paling besar 2 MB dan 5.000 × 5.000 titik."
        ),
        field="logo",
    )
    size = source.stat().st_size if isinstance(source, Path) else source.seek(0, io.SEEK_END)
    if size > MOST_BYTES:
        raise refusal
    try:
        if not isinstance(source, Path):
            source.seek(0)
        with Image.open(source, formats=FORMATS) as opened:
            if max(opened.size) > MOST_POINTS:
                raise refusal
            image = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, *BOMBS) as error:
        raise refusal from error
    image.thumbnail((LOGO_SIZE, LOGO_SIZE))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def keep_logo(data: bytes) -> str:
    """Keep a picture of `read_logo` by its hash; returns the hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = logo_path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{secrets.token_hex(4)}.part")
        temporary.write_bytes(data)
        temporary.replace(path)
    return sha256


def store_logo(tenant: Tenant, source: Path) -> None:
    """Read a logo, keep it and note it at the tenant; for operators and the demo."""
    sha256 = keep_logo(read_logo(source))
    if tenant.logo_sha256 != sha256:
        tenant.logo_sha256 = sha256
        tenant.save(update_fields=["logo_sha256"])


def stylesheet(colour: str) -> str:
    """Return the CSS that gives a tenant's pages its colour."""
    return f":root{{--tenant:{colour}}}\n"


def stylesheet_name(colour: str) -> str:
    """Return the file name of the stylesheet: it changes with the colour, so it can be kept."""
    return f"{colour.lstrip('#')}.css"
