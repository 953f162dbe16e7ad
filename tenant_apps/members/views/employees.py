"""The staff list of the tenant's own agency: `/kelola/pegawai/`."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.accounts import nip
from shared_apps.employees import selectors
from shared_apps.employees.choices import Standing
from shared_apps.employees.models import Employee
from shared_apps.employees.permissions import MANAGE, VIEW
from shared_apps.employees.services import people
from shared_apps.jobs import exports
from shared_apps.recognition import selectors as recognition
from tenant_apps.members.forms.employees import (
    EmployeeForm,
    LeaveForm,
    NewEmployeeForm,
    show_refusal,
)
from tenant_apps.members.views import staff_list
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError


@needs(VIEW)
@require_safe
def employees(request: HttpRequest) -> HttpResponse:
    """The people of the tenant's own agency, filtered, with the kept numbers above."""
    agency = current_tenant().agency
    listing = staff_list.build(request.GET, request.user)
    if listing.wants_download:
        return exports.answer(request, staff_list.EXPORT, listing)
    standings = selectors.standing_counts(agency.pk)
    active = selectors.active_standings()
    return render(
        request,
        "members/employees.html",
        {
            "listing": listing,
            "agency": agency,
            "active": sum(standings.get(standing, 0) for standing in active),
            "all": sum(standings.values()),
            "with_account": selectors.with_account(agency.pk),
            "can_manage": request.user.has_perm(MANAGE),
        },
    )


def _own(employee_id: uuid.UUID) -> Employee:
    """Return an employee of the tenant's agency; anybody else's is not there (404)."""
    found = selectors.find_employee(employee_id, agency_id=current_tenant().agency_id)
    if found is None:
        raise Http404
    return found


@needs(VIEW)
@require_safe
def employee(request: HttpRequest, employee_id: uuid.UUID) -> HttpResponse:
    """One person: what they are and were, and what they learnt this year."""
    found = _own(employee_id)
    history = selectors.history_of(found.pk)
    year = timezone.localdate().year
    now = history[0]
    learnt: dict[str, Any] = {}
    if found.account_id:
        learnt = {
            "total": recognition.person_year(found.account_id, year),
            "certificates": recognition.certificates_of(found.account_id).filter(
                issued_at__year=year
            )[:50],
        }
    superior = selectors.names_of_numbers([now.superior_number]).get(now.superior_number, "")
    return render(
        request,
        "members/employee.html",
        {
            "employee": found,
            "number": nip.format_number(found.number),
            "now": now,
            "superior": superior,
            "superior_number": nip.format_number(now.superior_number),
            "history": history,
            "year": year,
            "can_manage": request.user.has_perm(MANAGE),
            **learnt,
        },
    )


@needs(MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    """Add a person by hand."""
    form = NewEmployeeForm(
        request.POST if request.method == "POST" else None,
        agency_id=current_tenant().agency_id,
        initial={"standing": Standing.ACTIVE},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = people.add(
                by=request.user,
                number=form.cleaned_data["number"],
                values=form.values,
                on=form.cleaned_data["on"],
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Pegawai ditambahkan."))
            return HttpResponseRedirect(reverse("employee", args=[made.pk]))
    return _form(request, form, _("Tambah pegawai"), reverse("employees"))


@needs(MANAGE)
def change(request: HttpRequest, employee_id: uuid.UUID) -> HttpResponse:
    """Change what a person is, from a day on."""
    found = _own(employee_id)
    now = selectors.history_of(found.pk)[0]
    now.employee = found
    back = reverse("employee", args=[found.pk])
    form = EmployeeForm.for_assignment(
        now, request.POST if request.method == "POST" else None, agency_id=found.agency_id
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = people.change(
                by=request.user,
                employee=found,
                values=form.values,
                on=form.cleaned_data["on"],
                seen=request.POST.get("terlihat", ""),
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            text = _("Perubahan disimpan.") if changed else _("Tidak ada yang berubah.")
            messages.success(request, text)
            return HttpResponseRedirect(back)
    seen = request.POST.get("terlihat") or people.mark_of(found)
    return _form(request, form, found.name, back, seen=seen)


@needs(MANAGE)
def leave(request: HttpRequest, employee_id: uuid.UUID) -> HttpResponse:
    """Note that a person left."""
    found = _own(employee_id)
    back = reverse("employee", args=[found.pk])
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            people.leave(by=request.user, employee=found, on=form.cleaned_data["on"])
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Pegawai dinyatakan keluar."))
            return HttpResponseRedirect(back)
    title = _("{name} keluar dari instansi").format(name=found.name)
    return _form(request, form, title, back, danger=_("Nyatakan keluar"))


def _form(
    request: HttpRequest, form: Any, title: str, back: str, *, seen: str = "", danger: str = ""
) -> HttpResponse:
    """Answer with a form page below the staff list."""
    crumbs = [{"label": _("Data pegawai"), "url": reverse("employees")}, {"label": title}]
    context = {
        "form": form, "title": title, "crumbs": crumbs, "back": back, "seen": seen, "danger": danger
    }  # fmt: skip
    return render(request, "members/employee_form.html", context)
