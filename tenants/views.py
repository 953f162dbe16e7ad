"""Looks of tenants: colour and logo, each named by its content, so that browsers keep them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tenants import looks
from toolkit.access_rules import public

FOREVER = "public, max-age=31536000, immutable"


@public
@require_safe
def stylesheet(request: HttpRequest, colour: str) -> HttpResponse:
    """A tenant's colour as a stylesheet."""
    return HttpResponse(
        looks.stylesheet(f"#{colour}"), content_type="text/css", headers={"Cache-Control": FOREVER}
    )


@public
@require_safe
def logo(request: HttpRequest, sha256: str) -> HttpResponse:
    """A tenant's logo."""
    path = looks.logo_path(sha256)
    if not path.is_file():
        raise Http404
    return HttpResponse(
        path.read_bytes(), content_type="image/png", headers={"Cache-Control": FOREVER}
    )
