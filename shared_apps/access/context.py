"""What the frame of every page needs: who, where, and the navigation."""

from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from shared_apps.access.middleware import sign_in_url
from shared_apps.access.selectors import permissions_of
from tenants import hosts, looks
from toolkit.timed_cache import TimedCache

# Header and footer as drawn once for all pages where they are the same, but for three values
# that stand in them as marks: characters that Unicode leaves to private use.
_drawn: TimedCache[tuple[Any, ...], str] = TimedCache(seconds=300, size=2000)
_NAME, _SIGN_IN, _QUERY = "\ue000n\ue001", "\ue000s\ue001", "\ue000q\ue001"


def _look(tenant: Any) -> dict[str, str] | None:
    if tenant is None:
        return None
    logo = f"/tampilan/{tenant.logo_sha256}.png" if tenant.logo_sha256 else ""
    return {
        "name": tenant.name,
        "tagline": tenant.tagline,
        "agency": tenant.agency.name,
        "logo_url": logo,
        "stylesheet_url": f"/tampilan/{looks.stylesheet_name(tenant.colour)}",
    }


def _navigation(request: HttpRequest, allowed: frozenset[str], *, signed_in: bool) -> list[Any]:
    tenant = getattr(request, "tenant", None)
    items = []
    for item in import_string(settings.NAVIGATION)[None if tenant is None else "tenant"]:
        if item.permission and item.permission not in allowed:
            continue
        if item.signed_in and not signed_in:
            continue
        url = hosts.portal_url(item.path) if item.on_portal and tenant else item.path
        active = request.path == item.path or (
            item.path != "/" and request.path.startswith(item.path)
        )
        items.append({"url": url, "label": item.label, "icon": item.icon, "active": active})
    return items


def _header(frame: dict[str, Any]) -> SafeString:
    account, look = frame["account"], frame["tenant_look"]
    key = (
        "header",
        get_language(),
        account is None,
        look and (look["name"], look["logo_url"]),
        tuple((item["url"], item["active"]) for item in frame["nav_items"]),
    )
    marked = {**frame, "account": account and {"name": _NAME}, "sign_in_url": _SIGN_IN}
    text = _drawn.get(key, lambda _: render_to_string("components/site_header.html", marked))
    if account is None:
        return mark_safe(text.replace(_SIGN_IN, escape(frame["sign_in_url"])))
    return mark_safe(text.replace(_NAME, escape(account.name)))


def _footer(request: HttpRequest, frame: dict[str, Any]) -> SafeString:
    text = _drawn.get(
        ("footer", get_language()),
        lambda _: render_to_string("components/site_footer.html", {**frame, "query": _QUERY}),
    )
    # The links to the other language keep what the address asks for.
    query = "".join(
        f"{quote_plus(name)}={quote_plus(value)}&"
        for name, values in request.GET.lists()
        if name != "bahasa"
        for value in values
    )
    return mark_safe(text.replace(_QUERY, escape(query)))


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of base.html; cheap, since every page pays for it."""
    tenant = getattr(request, "tenant", None)
    user = getattr(request, "user", None)
    account = user if user is not None and user.is_authenticated else None
    allowed = permissions_of(account, tenant)
    frame = {
        "account": account,
        "allowed": allowed,
        "tenant_look": _look(tenant),
        "nav_items": _navigation(request, allowed, signed_in=account is not None),
        "portal_url": settings.PORTAL_URL,
        "sign_in_url": sign_in_url(request) if account is None else "",
        "register_url": hosts.portal_url("/akun/daftar/"),
        "sign_out_url": hosts.portal_url("/akun/keluar/"),
        "account_url": hosts.portal_url("/akun/"),
        "notices_url": hosts.portal_url("/saya/pemberitahuan/"),
        "verify_url": hosts.portal_url("/v/"),
    }
    return {**frame, "site_header": _header(frame), "site_footer": _footer(request, frame)}
