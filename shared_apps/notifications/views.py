"""The inbox on the portal: `/saya/pemberitahuan/`."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts.requests import SignedInRequest
from shared_apps.notifications import mailing, selectors, services
from shared_apps.notifications.choices import Delivery
from shared_apps.notifications.kinds import KINDS
from toolkit.access_rules import public, signed_in

PAGE = 30


def _filters(request: SignedInRequest) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return what the address asks for, and the fields of the filter row."""
    senders = [(each.code, each.name) for each in selectors.senders_of(request.user.pk)]
    kinds = [(key, KINDS[key].label) for key in selectors.kinds_of(request.user.pk)]
    fields: list[dict[str, Any]] = [
        {"key": "penyelenggara", "label": _("Penyelenggara"), "choices": senders},
        {"key": "jenis", "label": _("Jenis"), "choices": kinds},
        {"key": "status", "label": _("Status"), "choices": [("baru", _("Belum dibaca"))]},
    ]
    for field in fields:
        value = request.GET.get(field["key"], "")
        field["value"] = value if value in dict(field["choices"]) else ""
    return {field["key"]: field["value"] for field in fields}, fields


@signed_in
@never_cache
@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """All notices of the person, from every provider, unread ones first."""
    chosen, fields = _filters(request)
    rows = selectors.inbox(request.user.pk)
    if chosen["penyelenggara"]:
        rows = rows.filter(tenant__code=chosen["penyelenggara"])
    if chosen["jenis"]:
        rows = rows.filter(kind=chosen["jenis"])
    if chosen["status"]:
        rows = rows.filter(read_at__isnull=True)
    page = Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
    return render(
        request,
        "notifications/inbox.html",
        {
            "page": page,
            "notices": selectors.as_notices(page.object_list),
            "fields": fields,
            "filtered": any(chosen.values()),
            "unread": selectors.unread_count(request.user.pk),
            "back": "?" + urlencode({key: value for key, value in chosen.items() if value}),
        },
    )


@signed_in
@never_cache
@require_safe
def notice(request: SignedInRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Mark one notice read and lead on to what it is about."""
    found = selectors.find_notice(notice_id, account=request.user)
    if found is None:
        raise Http404
    if request.method == "GET":
        services.mark_read(by=request.user, notice=found)
    return HttpResponseRedirect(selectors.target_url(found))


@signed_in
@require_POST
def all_read(request: SignedInRequest) -> HttpResponse:
    """Mark everything read."""
    done = services.mark_all_read(by=request.user)
    text = ngettext(
        "%(count)d pemberitahuan ditandai sudah dibaca.",
        "%(count)d pemberitahuan ditandai sudah dibaca.",
        done,
    )
    messages.success(request, text % {"count": done})
    return redirect("notices")


@signed_in
@never_cache
def settings_page(request: SignedInRequest) -> HttpResponse:
    """Choose for each kind when its mail goes out."""
    if request.method == "POST":
        services.choose_mail(
            by=request.user, choices={key: request.POST.get(key, "") for key in KINDS}
        )
        messages.success(request, _("Pilihan Anda tersimpan."))
        return redirect("notices_settings")
    chosen = selectors.mail_choices(request.user.pk)
    rows = [(key, kind.label, chosen[key]) for key, kind in KINDS.items()]
    return render(
        request,
        "notifications/settings.html",
        {"rows": rows, "deliveries": Delivery.choices, "email": request.user.email},
    )


@public
@never_cache
def stop(request: HttpRequest, stop_token: str) -> HttpResponse:
    """End mails of one kind by the link in a mail, without signing in."""
    found = mailing.read_stop_token(stop_token)
    if found is None:
        raise Http404
    account_id, kind = found
    if request.method == "POST":
        kinds = [kind] if kind else list(KINDS)
        services.stop_mail(account_id=account_id, kinds=kinds)
    label = KINDS[kind].label if kind in KINDS else ""
    return render(
        request,
        "notifications/stop.html",
        {"label": label, "done": request.method == "POST"},
    )
