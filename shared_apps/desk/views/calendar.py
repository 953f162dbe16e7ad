"""`/kalender/`: a person's agenda, and the secret address for their calendar program."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shared_apps.accounts.requests import SignedInRequest
from shared_apps.desk import agenda, services
from tenants import hosts
from toolkit import calendars
from toolkit.access_rules import public, signed_in


@signed_in
@never_cache
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """What is coming, and the address: made, renewed or removed by a button."""
    if request.method == "POST":
        if request.POST.get("aksi") == "hapus":
            services.remove_calendar(by=request.user)
            messages.success(request, _("Alamat kalender dihapus; kalender lama berhenti."))
        else:
            services.renew_calendar(by=request.user)
            messages.success(request, _("Alamat kalender baru siap. Alamat lama tidak berlaku."))
        return HttpResponseRedirect(reverse("my_calendar"))
    address = agenda.address_of(request.user.pk)
    url = hosts.portal_url(reverse("calendar_feed", args=[address.token])) if address else ""
    return render(
        request,
        "desk/calendar.html",
        {
            "entries": agenda.agenda_of(request.user.pk, since=timezone.now()),
            "feed_url": url,
            "made_at": address.made_at if address else None,
        },
    )


@public
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever holds the address; 404 once it was taken away."""
    account_id = agenda.account_of(token)
    if account_id is None:
        raise Http404
    found = (entry.appointment for entry in agenda.agenda_of(account_id))
    return calendars.answer("lintas", calendars.calendar(_("Lintas"), found), attached=False)
