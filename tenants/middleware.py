"""Finds the tenant of a request by its host name and opens the right schema and addresses."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.urls import set_urlconf

from tenants import hosts, schemas
from tenants.choices import TenantState
from tenants.models import Tenant
from tenants.provisioning import current_fingerprint
from toolkit import error_pages


class TenantMiddleware:
    """Sets `request.tenant` (None on the portal), the schema and the URL configuration.

    The connection may still stand on the schema of the thread's last request: every way out of
    here but the two without a database opens a schema first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its tenant's schema; unknown hosts get 404."""
        try:
            host = request.get_host().split(":")[0].lower()
        except DisallowedHost:
            return HttpResponseNotFound("Unknown host.", content_type="text/plain")
        if host in {"localhost", "127.0.0.1"}:
            return HttpResponseRedirect(hosts.portal_url(request.get_full_path()))
        if host == settings.BASE_DOMAIN:
            self._open(request, None)
            return self.get_response(request)
        tenant = hosts.tenant_for_host(host)
        if tenant is None:
            self._open(request, None)
            return error_pages.not_found(request)
        if tenant.state != TenantState.ACTIVE or tenant.schema_state != current_fingerprint():
            self._open(request, None)
            return error_pages.unavailable()
        self._open(request, tenant)
        return self.get_response(request)

    @staticmethod
    def _open(request: HttpRequest, tenant: Tenant | None) -> None:
        urlconf = settings.ROOT_URLCONF if tenant else settings.PUBLIC_SCHEMA_URLCONF
        request.tenant = tenant  # type: ignore[attr-defined]
        request.urlconf = urlconf
        set_urlconf(urlconf)
        schemas.enter_for_request(tenant)
