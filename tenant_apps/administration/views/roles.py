"""Who holds which role: `/kelola/peran/`."""

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shared_apps.access import selectors
from shared_apps.access.models import RoleAssignment
from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.administration.forms.roles import RoleForm
from tenant_apps.administration.permissions import ROLES
from tenant_apps.administration.services import people, roles
from tenants.schemas import current_tenant
from tenants.selectors import today_at
from toolkit import indonesian
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing


def _state_rows(rows: Any, value: str) -> Any:
    today = today_at(current_tenant())
    if value == "dicabut":
        return rows.filter(withdrawn_at__isnull=False)
    rows = rows.filter(withdrawn_at__isnull=True)
    if value == "berlaku":
        return rows.filter(selectors.running_on(today))
    if value == "nanti":
        return rows.filter(valid_from__gt=today)
    return rows.filter(valid_until__lt=today)


def _states() -> dict[str, str]:
    return {
        "berlaku": _("Berlaku"),
        "nanti": _("Belum mulai"),
        "berakhir": _("Berakhir"),
        "dicabut": _("Dicabut"),
    }


def _state(row: RoleAssignment, today: datetime.date) -> str:
    if row.withdrawn_at:
        return "dicabut"
    if row.valid_from and row.valid_from > today:
        return "nanti"
    if row.valid_until and row.valid_until < today:
        return "berakhir"
    return "berlaku"


def _day(day: datetime.date | None) -> str:
    return indonesian.date_short(day) if day else ""


_TAGS = {"berlaku": "tag-ok", "nanti": "tag-info", "berakhir": "", "dicabut": "tag-bad"}


def _listing(request: SignedInRequest) -> Listing:
    """Return the list of assignments; those that are not withdrawn unless the filter asks."""
    tenant = current_tenant()
    today, states = today_at(tenant), _states()
    rows = selectors.assignments_at(tenant)
    if request.GET.get("status") not in states:
        rows = rows.filter(withdrawn_at__isnull=True)

    def enrich(page: list[RoleAssignment]) -> list[RoleAssignment]:
        known = accounts.holders(
            [row.account_id for row in page]
            + [row.granted_by_id for row in page if row.granted_by_id]
        )
        for row in page:
            row.holder = known.get(row.account_id)  # type: ignore[attr-defined]
            row.giver = known.get(row.granted_by_id)  # type: ignore[attr-defined,arg-type]
        return page

    def state_cell(row: RoleAssignment) -> str:
        state = _state(row, today)
        return format_html('<span class="tag {}">{}</span>', _TAGS[state], states[state])

    def action_cell(row: RoleAssignment) -> str:
        if row.withdrawn_at:
            return ""
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
            reverse("role_take", args=[row.pk]),
            _("Cabut"),
            f"{row.holder.name}, {selectors.label_of(row.role)}",  # type: ignore[attr-defined]
        )

    columns = [
        Column("nama", _("Nama"), lambda row: row.holder.name, order=["account__name"]),
        Column("instansi", _("Instansi"), lambda row: row.holder.agency_name),
        Column("peran", _("Peran"), lambda row: selectors.label_of(row.role), order=["role"]),
        Column("mulai", _("Hari pertama"), lambda row: _day(row.valid_from), order=["valid_from"]),
        Column(
            "sampai", _("Hari terakhir"), lambda row: _day(row.valid_until), order=["valid_until"]
        ),
        Column("status", _("Status"), lambda row: states[_state(row, today)], cell=state_cell),
        Column(
            "pemberi",
            _("Diberikan oleh"),
            lambda row: row.giver.name if row.giver else _("Sistem"),
            only_export=True,
        ),
    ]
    if not request.GET.get("format"):
        columns.append(Column("tindakan", _("Tindakan"), lambda row: "", cell=action_cell))
    here = [(name, role.label) for name, role in selectors.roles().items() if not role.on_portal]
    return Listing(
        params=request.GET,
        rows=rows,
        columns=columns,
        filters=[
            Filter("q", _("Nama"), lambda rows, text: rows.filter(account__name__icontains=text)),
            Filter("peran", _("Peran"), lambda rows, role: rows.filter(Q(role=role)), here),
            Filter("status", _("Status"), _state_rows, list(states.items())),
        ],
        default="nama",
        enrich=enrich,
        name="peran",
    )


@needs(ROLES)
@require_safe
def role_list(request: SignedInRequest) -> HttpResponse:
    """Who holds which role, and what each role allows."""
    listing = _listing(request)
    if listing.wants_download:
        return listing.download()
    rights = selectors.rights()
    return render(
        request,
        "administration/roles.html",
        {
            "listing": listing,
            "roles": [
                (role.label, role.description, [rights[p] for p in rights if p in role.permissions])
                for role in selectors.roles().values()
                if not role.on_portal
            ],
        },
    )


@needs(ROLES)
@never_cache
def role_give(request: SignedInRequest) -> HttpResponse:
    """Give a role: name the person exactly, look who it is, then confirm."""
    form = RoleForm(request.POST if request.method == "POST" else None, by=request.user)
    found = None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            account = people.person_named(data.pop("login"))
            found = accounts.holder(account.pk)
            if request.POST.get("pasti"):
                roles.give(by=request.user, account=account, **data)
                text = _("{name} sekarang memegang peran {role}.")
                messages.success(
                    request,
                    text.format(name=account.name, role=selectors.label_of(data["role"])),
                )
                return redirect("roles")
        except DomainError as error:
            form.add_error(error.field or None, str(error))
    context = {
        "form": form,
        "found": found if form.is_bound and form.is_valid() else None,
        "role": selectors.roles().get(form.data.get("role", "")),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "administration/role_give.html", context, status=status)


@needs(ROLES)
@never_cache
def role_take(request: SignedInRequest, assignment_id: int) -> HttpResponse:
    """Withdraw a role, after asking."""
    rows = selectors.assignments_at(current_tenant()).select_related("tenant")
    assignment = get_object_or_404(rows, pk=assignment_id)
    if assignment.withdrawn_at:
        raise Http404
    holder, refusal = accounts.holder(assignment.account_id), ""
    label = selectors.label_of(assignment.role)
    if request.method == "POST":
        try:
            roles.take(by=request.user, assignment=assignment)
        except DomainError as error:
            refusal = str(error)
        else:
            text = _("Peran {role} dicabut dari {name}.")
            messages.success(request, text.format(name=holder.name, role=label))
            return redirect("roles")
    context = {"holder": holder, "label": label, "assignment": assignment, "refusal": refusal}
    return render(request, "administration/role_take.html", context, status=422 if refusal else 200)
