"""The structure of the corporate university: `/kelola/struktur/`."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.administration.forms.structure import AcademyForm, PersonForm, SeatForm
from tenant_apps.administration.models import Academy, Seat
from tenant_apps.administration.permissions import TENANT
from tenant_apps.administration.selectors import structure as selectors
from tenant_apps.administration.services import structure as services
from toolkit.access_rules import needs
from toolkit.errors import DomainError


@needs(TENANT)
@require_safe
def structure_page(request: SignedInRequest) -> HttpResponse:
    """Who leads, and the academies."""
    seats, academies = selectors.structure()
    return render(
        request, "administration/structure.html", {"seats": seats, "academies": academies}
    )


def _edit(
    request: SignedInRequest,
    place: Seat | Academy,
    form_class: type[PersonForm],
    save: Callable[[dict[str, Any]], Any],
    titles: tuple[str, str],
) -> HttpResponse:
    """Show and take the form of a seat or an academy; new ones have no row yet."""
    is_new = place._state.adding
    initial = {} if is_new else {name: getattr(place, name, "") for name in form_class.base_fields}
    if place.member_id:
        initial["name"] = accounts.holder(place.member_id).name
    form = form_class(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Struktur tersimpan."))
            return redirect("structure")
    remove = "seat_remove" if isinstance(place, Seat) else "academy_remove"
    context = {
        "form": form,
        "title": titles[0] if is_new else titles[1],
        "remove_url": "" if is_new else reverse(remove, args=[place.pk]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "administration/structure_form.html", context, status=status)


def _seat(seat_id: uuid.UUID) -> Seat:
    found = selectors.find_seat(seat_id)
    if found is None:
        raise Http404
    return found


def _academy(academy_id: uuid.UUID) -> Academy:
    found = selectors.find_academy(academy_id)
    if found is None:
        raise Http404
    return found


@needs(TENANT)
@never_cache
def seat_form(request: SignedInRequest, seat_id: uuid.UUID | None = None) -> HttpResponse:
    """Add or change a seat."""
    seat = _seat(seat_id) if seat_id else Seat()
    return _edit(
        request,
        seat,
        SeatForm,
        lambda values: services.save_seat(by=request.user, seat=seat, values=values),
        (_("Tambah kedudukan"), _("Ubah kedudukan")),
    )


@needs(TENANT)
@never_cache
def academy_form(request: SignedInRequest, academy_id: uuid.UUID | None = None) -> HttpResponse:
    """Add or change an academy."""
    academy = _academy(academy_id) if academy_id else Academy()
    return _edit(
        request,
        academy,
        AcademyForm,
        lambda values: services.save_academy(by=request.user, academy=academy, values=values),
        (_("Tambah akademi"), _("Ubah akademi")),
    )


@needs(TENANT)
@require_POST
def seat_remove(request: SignedInRequest, seat_id: uuid.UUID) -> HttpResponse:
    """Take a seat out."""
    services.remove(by=request.user, place=_seat(seat_id))
    messages.success(request, _("Kedudukan dihapus dari struktur."))
    return redirect("structure")


@needs(TENANT)
@require_POST
def academy_remove(request: SignedInRequest, academy_id: uuid.UUID) -> HttpResponse:
    """Take an academy out."""
    services.remove(by=request.user, place=_academy(academy_id))
    messages.success(request, _("Akademi dihapus dari struktur."))
    return redirect("structure")
