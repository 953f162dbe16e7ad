"""People whom other agencies proposed for a class, as the provider answers them."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.selectors import Holder
from shared_apps.offerings import selectors as shared
from shared_apps.offerings.choices import ProposalState
from shared_apps.offerings.models import ProposalPerson
from tenant_apps.learning.services import proposals
from tenant_apps.learning.views.offering_shared import find_offering, frame, in_room_time
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.indonesian import date_time
from toolkit.tables import Column, Filter, Listing


@dataclass(frozen=True)
class Row:
    """A proposed person with what is known of them."""

    proposed: ProposalPerson
    person: Holder


def _enrich(rows: list[ProposalPerson]) -> list[Row]:
    people = accounts.holders(row.account_id for row in rows)
    return [Row(row, people[row.account_id]) for row in rows]


def _name(row: Row) -> object:
    if row.proposed.state != ProposalState.PROPOSED:
        return row.person.name
    return format_html(
        '<label class="pick"><input type="checkbox" name="pilih" form="tindakan" value="{}">'
        " {}</label>",
        row.proposed.pk, row.person.name,
    )  # fmt: skip


@needs("offering.manage")
@require_safe
@in_room_time
def proposed(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody whom other agencies proposed, the unanswered ones to tick."""
    offering = find_offering(slug)
    columns = [
        Column("nama", _("Nama"), lambda row: row.person.name, cell=_name),
        Column("nip", _("NIP/NI PPPK"), lambda row: row.person.number),
        Column("instansi", _("Instansi pengusul"), lambda row: row.proposed.proposal.agency.name,
               order=["proposal__agency__name"]),
        Column("status", _("Status"), lambda row: row.proposed.get_state_display(),
               order=["state"]),
        Column("sejak", _("Diusulkan"), lambda row: row.proposed.proposal.made_at,
               order=["proposal__made_at"],
               cell=lambda row: date_time(row.proposed.proposal.made_at)),
        Column("pesan", _("Pesan pengusul"), lambda row: row.proposed.proposal.note),
        Column("catatan", _("Catatan"), lambda row: row.proposed.note),
    ]  # fmt: skip
    listing = Listing(
        params=request.GET,
        rows=shared.proposed_to(tenant=current_tenant(), uuid=offering.pk),
        columns=columns,
        filters=[
            Filter("status", _("Status"), lambda rows, value: rows.filter(state=value),
                   choices=ProposalState.choices),
        ],
        default="sejak",
        enrich=_enrich,
        name=f"usulan-{slug}",
    )  # fmt: skip
    if listing.wants_download:
        return listing.download()
    return render(
        request,
        "learning/offering_proposals.html",
        {
            **frame(offering, "offering_proposals"),
            "listing": listing,
            "waiting": shared.unanswered(current_tenant()).get(offering.pk, 0),
        },
    )


@needs("offering.manage")
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Accept or return the people who are ticked."""
    offering = find_offering(slug)
    ids = []
    for text in request.POST.getlist("pilih"):
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            continue
    try:
        if not ids:
            messages.info(request, _("Centang dahulu orang yang dimaksud."))
        elif request.POST.get("aksi") == "terima":
            seated, waiting, back = proposals.accept(
                by=request.user, offering=offering, person_ids=ids
            )
            messages.success(
                request,
                _("{seated} orang diterima, {waiting} ke daftar tunggu, {back} dikembalikan.")
                .format(seated=seated, waiting=waiting, back=back),
            )  # fmt: skip
        else:
            count = proposals.give_back(
                by=request.user, offering=offering, person_ids=ids,
                note=request.POST.get("catatan", ""),
            )  # fmt: skip
            messages.success(request, _("{count} orang dikembalikan.").format(count=count))
    except DomainError as why:
        messages.warning(request, str(why))
    return HttpResponseRedirect(reverse("offering_proposals", args=[slug]))
