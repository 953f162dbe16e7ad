"""The unit tree of the tenant's own agency: `/kelola/pegawai/unit/`."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.employees import selectors
from shared_apps.employees.models import Unit
from shared_apps.employees.permissions import MANAGE, VIEW
from shared_apps.employees.selectors import UnitRow
from shared_apps.employees.services import units as services
from tenant_apps.members.forms.employees import UnitForm, show_refusal
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing


def _own(unit_id: uuid.UUID) -> Unit:
    """Return a unit of the tenant's agency; another one's is not there (404)."""
    found = selectors.find_unit(unit_id, agency_id=current_tenant().agency_id)
    if found is None:
        raise Http404
    return found


def _crumbs(rows: list[UnitRow], unit: Unit | None, *more: str) -> list[dict[str, str]]:
    """Return the way from the staff list down to a unit; `rows` is the whole tree."""
    known = {row.id: row for row in rows}
    way: list[dict[str, str]] = []
    at = known.get(unit.pk) if unit else None
    while at is not None:
        way.append({"label": at.name, "url": reverse("unit", args=[at.id])})
        at = known.get(at.parent_id) if at.parent_id else None
    crumbs = [
        {"label": _("Data pegawai"), "url": reverse("employees")},
        {"label": _("Unit kerja"), "url": reverse("units")},
        *reversed(way),
        *({"label": label, "url": ""} for label in more),
    ]
    crumbs[-1] = {**crumbs[-1], "url": ""}
    return crumbs


def _tree(agency_id: int) -> list[UnitRow]:
    return selectors.units_of_agency(agency_id, closed=True)


def _totals(rows: list[UnitRow], own: Mapping[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    """Return the active people of each unit with all below it."""
    totals = dict(own)
    # From the leaves up: in the order of the tree a unit stands before all below it.
    for row in reversed(rows):
        if row.parent_id is not None:
            totals[row.parent_id] = totals.get(row.parent_id, 0) + totals.get(row.id, 0)
    return totals


def _listing(
    request: HttpRequest, agency_id: int, parent: Unit | None, totals: Mapping[uuid.UUID, int]
) -> Listing:
    rows = Unit.objects.filter(agency_id=agency_id).select_related("parent")
    searched = bool(request.GET.get("q", "").strip())
    if not searched:
        rows = rows.filter(parent=parent)
    if request.GET.get("status") != "tutup":
        rows = rows.filter(closed_on__isnull=True)
    return Listing(
        params=request.GET,
        rows=rows,
        columns=[
            Column(
                "nama",
                _("Nama unit"),
                lambda u: u.name,
                order=("name",),
                cell=lambda u: format_html(
                    '<a href="{}">{}</a>', reverse("unit", args=[u.pk]), u.name
                ),
            ),
            Column("kode", _("Kode unit"), lambda u: u.code, order=("code",)),
            Column(
                "induk",
                _("Unit induk"),
                lambda u: u.parent and u.parent.name,
                # Below one unit it would be the same in every row.
                only_export=not searched,
            ),
            Column(
                "orang",
                _("Pegawai aktif"),
                lambda u: totals.get(u.pk, 0),
                numeric=True,
            ),
        ],
        filters=[
            Filter(
                "q",
                _("Cari di semua unit"),
                lambda r, v: r.filter(Q(name__icontains=v) | Q(code__icontains=v)),
            ),
            Filter(
                "status",
                _("Tampilkan"),
                lambda r, v: r.filter(closed_on__isnull=False),
                [("tutup", _("Yang sudah ditutup"))],
            ),
        ],
        default="nama",
        name="unit-kerja",
    )


@needs(VIEW)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units at the top of the tree."""
    return _page(request, None)


@needs(VIEW)
@require_safe
def unit(request: HttpRequest, unit_id: uuid.UUID) -> HttpResponse:
    """One unit, with those right below it."""
    return _page(request, _own(unit_id))


def _page(request: HttpRequest, found: Unit | None) -> HttpResponse:
    agency_id = current_tenant().agency_id
    rows = _tree(agency_id)
    own = selectors.active_counts_of_units(agency_id)
    totals = _totals(rows, own)
    listing = _listing(request, agency_id, found, totals)
    if listing.wants_download:
        return listing.download()
    return render(
        request,
        "members/units.html",
        {
            "unit": found,
            "listing": listing,
            "crumbs": _crumbs(rows, found),
            "own_people": own.get(found.pk, 0) if found else 0,
            "all_people": totals.get(found.pk, 0) if found else 0,
            "can_manage": request.user.has_perm(MANAGE),
        },
    )


@needs(MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    """Add a unit, below another one if the address names it."""
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        agency_id=current_tenant().agency_id,
        initial={"parent": request.GET.get("induk", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add(
                by=request.user,
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                parent_id=form.parent_id,
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Unit ditambahkan."))
            return HttpResponseRedirect(reverse("unit", args=[made.pk]))
    title = _("Tambah unit kerja")
    return _form(request, form, title, _crumbs([], None, title), reverse("units"))


@needs(MANAGE)
def change(request: HttpRequest, unit_id: uuid.UUID) -> HttpResponse:
    """Rename a unit, or move it with all below it."""
    found = _own(unit_id)
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        agency_id=found.agency_id,
        unit=found,
        initial={"name": found.name, "code": found.code, "parent": str(found.parent_id or "")},
    )
    back = reverse("unit", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.change(
                by=request.user,
                unit_id=found.pk,
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                parent_id=form.parent_id,
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return HttpResponseRedirect(back)
    return _form(request, form, found.name, _crumbs(_tree(found.agency_id), found, _("Ubah")), back)


def _form(
    request: HttpRequest, form: UnitForm, title: str, crumbs: list[dict[str, str]], back: str
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "crumbs": crumbs, "back": back}
    return render(request, "members/employee_form.html", context)


@needs(MANAGE)
@require_POST
def close(request: HttpRequest, unit_id: uuid.UUID) -> HttpResponse:
    """Close a unit that is empty."""
    return _decide(request, unit_id, services.close, _("Unit ditutup."))


@needs(MANAGE)
@require_POST
def reopen(request: HttpRequest, unit_id: uuid.UUID) -> HttpResponse:
    """Open a closed unit again."""
    return _decide(request, unit_id, services.reopen, _("Unit dibuka lagi."))


def _decide(
    request: HttpRequest, unit_id: uuid.UUID, service: Callable[..., Unit], done: str
) -> HttpResponse:
    found = _own(unit_id)
    try:
        service(by=request.user, unit_id=found.pk)
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("unit", args=[found.pk]))
