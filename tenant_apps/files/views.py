"""The one view that hands out stored files."""

import uuid

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from tenant_apps.files import permissions
from tenant_apps.files.models import StoredFile
from tenant_apps.files.services import path_of
from tenants.schemas import current_tenant
from toolkit.access_rules import public


@public
@require_safe
def stored_file(request: HttpRequest, file_id: uuid.UUID) -> FileResponse:
    """Stream a file to whoever may read its owner object; 404 for anyone else."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or not permissions.may_read(
        request.user, stored.owner_kind, stored.owner_uuid
    ):
        raise Http404
    path = path_of(stored.pk, current_tenant().code)
    try:
        response = FileResponse(path.open("rb"), content_type=stored.media_type)
    except FileNotFoundError as error:
        raise Http404 from error
    # An id never gets other bytes, so a browser may keep them; proxies may not.
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
