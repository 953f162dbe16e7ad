"""Local regulations of a tenant: `/kelola/regulasi/`."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from shared_apps.regulations.permissions import LOCAL
from shared_apps.regulations.views import editing
from toolkit.access_rules import needs


@needs(LOCAL)
@require_safe
def regulations(request: HttpRequest) -> HttpResponse:
    """All regulations that are written here."""
    return editing.list_page(request)


@needs(LOCAL)
@require_http_methods(["GET", "POST"])
def regulation_add(request: HttpRequest) -> HttpResponse:
    """Add a regulation."""
    return editing.add_page(request)


@needs(LOCAL)
@require_http_methods(["GET", "POST"])
def regulation_change(request: HttpRequest, key: str) -> HttpResponse:
    """Change one, mark it as checked, relate it to others."""
    return editing.change_page(request, key)


@needs(LOCAL)
@require_http_methods(["GET", "POST"])
def relation(request: HttpRequest, relation_id: uuid.UUID) -> HttpResponse:
    """Mark a relation as checked, or take it back."""
    return editing.relation_page(request, relation_id)
