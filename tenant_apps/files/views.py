"""The one view that hands out stored files."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tenant_apps.files import permissions
from tenant_apps.files.models import StoredFile
from tenant_apps.files.services import path_of
from tenants.schemas import current_tenant
from toolkit.access_rules import public

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
CHUNK = 64 * 1024


@public
@require_safe
def stored_file(request: HttpRequest, file_id: uuid.UUID) -> HttpResponseBase:
    """Stream a file, or the part that is asked for, to whoever may read its owner object.

    404 for anyone else.
    """
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or not permissions.may_read(
        request.user, stored.owner_kind, stored.owner_uuid
    ):
        raise Http404
    path = path_of(stored.pk, current_tenant().code)
    if not path.is_file():
        raise Http404
    response = _answer(path, request.headers.get("Range", ""))
    response["Content-Type"] = stored.media_type
    response["Accept-Ranges"] = "bytes"
    # Only what we drew ourselves or what a player takes may show in the page; the rest is saved.
    shown = stored.media_type.startswith(("image/", "video/"))
    response["Content-Disposition"] = content_disposition_header(not shown, stored.name) or ""
    # An id never gets other bytes, so a browser may keep them; proxies may not.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _answer(path: Path, asked: str) -> HttpResponseBase:
    size = path.stat().st_size
    found = RANGE.fullmatch(asked.strip()) if asked else None
    if found is None or not (found[1] or found[2]):
        return FileResponse(path.open("rb"))
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    else:
        first, last = max(size - int(found[2]), 0), size - 1
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_part(path, first, last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _part(path: Path, start: int, left: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while left > 0 and (data := file.read(min(CHUNK, left))):
            left -= len(data)
            yield data
