"""`/healthz` and `/readyz`, answered before the tenant middleware and for any host."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import connection as django_connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string

# The schema switch of django-tenants, unknown to Django's types; before any tenant is looked for.
connection: Any = django_connection


class HealthMiddleware:
    """`/healthz`: the process lives. `/readyz`: it can serve; 503 with the reason otherwise.

    Further checks are dotted names in settings.READY_CHECKS: callables that return warnings.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the two addresses; hand over everything else."""
        if request.path == "/healthz":
            return HttpResponse("ok", content_type="text/plain")
        if request.path == "/readyz":
            return self._ready()
        return self.get_response(request)

    def _ready(self) -> HttpResponse:
        warnings: list[str] = []
        try:
            connection.set_schema_to_public()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            for name in settings.READY_CHECKS:
                warnings += import_string(name)()
        except DatabaseFault:
            return JsonResponse({"ready": False, "reason": "database"}, status=503)
        return JsonResponse({"ready": True, "warnings": warnings})
