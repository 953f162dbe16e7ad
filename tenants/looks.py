"""A tenant's look: logo files kept by content, and a stylesheet with its colour."""

import hashlib
import io
from pathlib import Path

from django.conf import settings
from PIL import Image

from tenants.models import Tenant

LOGO_SIZE = 320


def logo_path(sha256: str) -> Path:
    """Return where the logo with this hash is stored."""
    return Path(settings.MEDIA_ROOT) / "looks" / f"{sha256}.png"


def store_logo(tenant: Tenant, source: Path) -> None:
    """Re-encode a logo as PNG of at most 320 px, keep it by its hash and note it at the tenant."""
    with Image.open(source) as opened:
        image = opened.convert("RGBA")
        image.thumbnail((LOGO_SIZE, LOGO_SIZE))
        buffer = io.BytesIO()
        image.save(buffer, "PNG", optimize=True)
    data = buffer.getvalue()
    sha256 = hashlib.sha256(data).hexdigest()
    path = logo_path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        temporary.write_bytes(data)
        temporary.replace(path)
    if tenant.logo_sha256 != sha256:
        tenant.logo_sha256 = sha256
        tenant.save(update_fields=["logo_sha256"])


def stylesheet(colour: str) -> str:
    """Return the CSS that gives a tenant's pages its colour."""
    return f":root{{--tenant:{colour}}}\n"


def stylesheet_name(colour: str) -> str:
    """Return the file name of the stylesheet: it changes with the colour, so it can be kept."""
    return f"{colour.lstrip('#')}.css"
