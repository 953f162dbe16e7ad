"""Classes as learners see them: finding, signing up, withdrawing, and their calendar."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts.requests import SignedInRequest
from shared_apps.offerings.choices import OfferingState
from tenant_apps.learning.choices import TAKING, EnrolmentMode, SeatState
from tenant_apps.learning.errors import SeatRefused, TopicNotFound
from tenant_apps.learning.models import Offering
from tenant_apps.learning.selectors import offerings
from tenant_apps.learning.selectors.attendance import presence_of
from tenant_apps.learning.services import seats
from tenant_apps.learning.services.seats import HELD
from tenants import hosts
from tenants.schemas import current_tenant
from toolkit import calendars
from toolkit.access_rules import public, signed_in

SAID = {
    SeatState.SEATED: gettext_lazy("Anda terdaftar di kelas ini."),
    SeatState.WAITING: gettext_lazy("Kelas penuh; Anda masuk daftar tunggu."),
    SeatState.APPLIED: gettext_lazy("Pendaftaran terkirim; penyelenggara akan menjawabnya."),
}


def _find(request: HttpRequest, slug: str) -> Offering:
    try:
        return offerings.find_offering(slug, account=request.user)
    except TopicNotFound as error:
        raise Http404 from error


@public
@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    """The person's own classes, and those that they can still join."""
    own = offerings.seats_of(request.user) if request.user.is_authenticated else []
    held = {seat.offering_id for seat in own}
    rows = [row for row in offerings.upcoming(request.user)[:100] if row.pk not in held]
    return render(request, "learning/class_list.html", {"own": own, "rows": rows})


@public
@require_safe
def class_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One class: what, when, where, how many seats, and the one button to go on."""
    offering = _find(request, slug)
    seat = offerings.seat_of(offering, request.user)
    sessions = offerings.sessions_of(offering)
    presence = presence_of(offering, [seat])[seat.pk] if seat and offering.meets else None
    attended = {row.pk for row in presence.attended} if presence else set()
    return render(
        request,
        "learning/class.html",
        {
            "offering": offering,
            "topics": offerings.topics_of(offering),
            "seat": seat,
            # The address of a meeting lets anybody in who has it.
            "may_join": seat is not None and seat.state in TAKING,
            "held": seat is not None and seat.state in HELD,
            "queue": offerings.place_in_queue(seat) if seat and seat.number else None,
            "sessions": [(row, row.pk in attended) for row in sessions],
            "presence": presence,
            "minimum": offerings.minimum_attendance(offering),
            "can_sign_up": offering.takes_sign_ups()
            and offering.enrolment != EnrolmentMode.ASSIGNED
            and (seat is None or seat.state == SeatState.WITHDRAWN),
            "zone": current_tenant().time_zone,
            "calendar_url": hosts.portal_url("/kalender/"),
        },
    )


@signed_in
@require_POST
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a seat, a place on the waiting list, or apply; a second click changes nothing."""
    offering = _find(request, slug)
    try:
        seat = seats.sign_up(by=request.user, offering=offering)
    except SeatRefused as why:
        messages.warning(request, str(why))
    else:
        said = SAID.get(SeatState(seat.state))
        if said:
            messages.success(request, said)
    return HttpResponseRedirect(reverse("class", args=[slug]))


@signed_in
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then give the seat back."""
    offering = _find(request, slug)
    seat = offerings.seat_of(offering, request.user)
    if seat is None or seat.state not in HELD:
        return HttpResponseRedirect(reverse("class", args=[slug]))
    if request.method == "POST":
        try:
            seats.withdraw(by=request.user, offering=offering)
        except SeatRefused as why:
            messages.warning(request, str(why))
        else:
            messages.success(request, _("Kepesertaan Anda di kelas ini dibatalkan."))
        return HttpResponseRedirect(reverse("class", args=[slug]))
    return render(
        request,
        "learning/class_withdraw.html",
        {"offering": offering, "seat": seat},
    )


@signed_in
@require_safe
def class_calendar(request: SignedInRequest, slug: str) -> HttpResponse:
    """The sessions of a class as a calendar file; `?sesi=` for one of them."""
    offering = _find(request, slug)
    seat = offerings.seat_of(offering, request.user)
    may_join = seat is not None and seat.state in TAKING
    wanted = request.GET.get("sesi", "")
    url = request.build_absolute_uri(reverse("class", args=[slug]))
    tenant = current_tenant()
    found: list[Any] = [
        calendars.Appointment(
            uid=f"{session.pk}@{tenant.code}.lintas",
            summary=f"{offering.full_title}: {session.title}",
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            changed_at=session.updated_at,
            place=session.room or offering.place,
            text=session.link if may_join else "",
            url=url,
            cancelled=offering.state == OfferingState.CANCELLED,
        )
        for session in offerings.sessions_of(offering)
        if not wanted or str(session.pk) == wanted
    ]
    if not found and not wanted and offering.ends_at:
        found.append(
            calendars.Appointment(
                uid=f"{offering.pk}@{tenant.code}.lintas",
                summary=_("Batas akhir: {title}").format(title=offering.full_title),
                starts_at=offering.ends_at,
                changed_at=offering.updated_at,
                url=url,
            )
        )
    if not found:
        raise Http404
    return calendars.answer(slug, calendars.calendar(offering.full_title, found))
