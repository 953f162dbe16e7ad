"""Who learns here and how far they are: `/kelola/peserta/`."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.jobs import exports
from tenant_apps.reports.participants import EXPORT, listing, listing_of_person, units_of
from toolkit.access_rules import needs


@needs("participant.view")
@require_safe
def participants(request: HttpRequest) -> HttpResponse:
    """All participants of all topics, filtered; any number of them as a file."""
    found = listing(request.GET, request.user)
    if found.wants_download:
        return exports.answer(request, EXPORT, found)
    return render(request, "reports/participants.html", {"listing": found})


@needs("participant.view")
@require_safe
def participant(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """One person's way through each topic here."""
    found = listing_of_person(request.GET, account_id)
    if not found.count:
        raise Http404
    if found.wants_download:
        return found.download()
    crumbs = [
        {"url": reverse("participants"), "label": _("Peserta")},
        {"url": "", "label": _("Riwayat belajar")},
    ]
    person = accounts.holder(account_id)
    return render(
        request,
        "reports/participant.html",
        {
            "listing": found,
            "person": person,
            "unit": units_of({account_id: person}).get(account_id, ""),
            "crumbs": crumbs,
        },
    )
