"""Usulan peserta of the home agency: finding classes elsewhere, proposing, following along."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts import nip
from shared_apps.accounts import selectors as accounts
from shared_apps.offerings import selectors as shared
from shared_apps.offerings.choices import ProposalState
from shared_apps.offerings.errors import OfferingNotAnnounced
from shared_apps.offerings.models import Letter, ProposalPerson
from shared_apps.offerings.services import proposals as shared_services
from tenant_apps.learning.seat_forms import ProposalForm
from tenant_apps.learning.services import proposals as services
from tenant_apps.learning.views.offering_letters import pdf_answer
from tenants import hosts
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.indonesian import date_time
from toolkit.tables import Column, Filter, Listing

MAKE = "proposal.make"


def _moment(value: Any) -> str | None:
    return None if value is None else date_time(value)


@needs(MAKE)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What this training unit has proposed so far."""
    columns = [
        Column("kelas", _("Kelas"), lambda row: row.announcement.title,
               order=["announcement__title"],
               cell=lambda row: format_html('<a href="{}">{}</a>',
                                            reverse("proposal", args=[row.pk]),
                                            row.announcement.title)),
        Column("penyelenggara", _("Penyelenggara"), lambda row: row.announcement.tenant.name,
               order=["announcement__tenant__name"]),
        Column("mulai", _("Mulai"), lambda row: row.announcement.starts_at,
               order=["announcement__starts_at"],
               cell=lambda row: _moment(row.announcement.starts_at)),
        Column("dikirim", _("Dikirim"), lambda row: row.made_at, order=["made_at"],
               cell=lambda row: date_time(row.made_at)),
        Column("orang", _("Diusulkan"), lambda row: row.count, order=["count"], numeric=True),
        Column("menunggu", _("Menunggu jawaban"), lambda row: row.unanswered,
               order=["unanswered"], numeric=True),
        Column("diterima", _("Diterima"), lambda row: row.accepted, order=["accepted"],
               numeric=True),
        Column("dikembalikan", _("Dikembalikan"), lambda row: row.returned, order=["returned"],
               numeric=True),
        Column("selesai", _("Selesai"), lambda row: row.completed, order=["completed"],
               numeric=True),
    ]  # fmt: skip
    listing = Listing(
        params=request.GET,
        rows=shared.proposals_of(current_tenant()),
        columns=columns,
        filters=[
            Filter(
                "q",
                _("Kelas"),
                lambda rows, value: rows.filter(announcement__title__icontains=value),
            )
        ],
        default="-dikirim",
        name="usulan-peserta",
    )
    if listing.wants_download:
        return listing.download()
    return render(request, "learning/proposals.html", {"listing": listing})


@needs(MAKE)
@require_safe
def open_classes(request: HttpRequest) -> HttpResponse:
    """Classes of other providers that take proposals from this agency."""
    columns = [
        Column("kelas", _("Kelas"), lambda row: row.title, order=["title"],
               cell=lambda row: format_html('<a href="{}">{}</a>',
                                            reverse("proposal_new", args=[row.pk]), row.title)),
        Column("penyelenggara", _("Penyelenggara"), lambda row: row.tenant.name,
               order=["tenant__name"]),
        Column("cara", _("Cara"), lambda row: row.get_mode_display(), order=["mode"]),
        Column("mulai", _("Mulai"), lambda row: row.starts_at, order=["starts_at"],
               cell=lambda row: _moment(row.starts_at)),
        Column("tempat", _("Tempat"), lambda row: row.place, order=["place"]),
        Column("batas", _("Batas pendaftaran"), lambda row: row.enrol_until,
               order=["enrol_until"], cell=lambda row: _moment(row.enrol_until)),
        Column("sisa", _("Tempat tersisa"), lambda row: row.seats_left, numeric=True),
        Column("kuota", _("Kuota tiap instansi"), lambda row: row.quota, order=["quota"],
               numeric=True),
    ]  # fmt: skip
    listing = Listing(
        params=request.GET,
        rows=shared.open_to_agency(current_tenant()),
        columns=columns,
        filters=[Filter("q", _("Cari"), lambda rows, value: rows.filter(title__icontains=value))],
        default="mulai",
        name="kelas-instansi-lain",
    )
    if listing.wants_download:
        return listing.download()
    return render(request, "learning/proposal_classes.html", {"listing": listing})


@needs(MAKE)
def proposal_new(request: HttpRequest, announcement_id: uuid.UUID) -> HttpResponse:
    """Propose people for one class, within the quota."""
    home = current_tenant()
    try:
        announcement = shared.find_open(announcement_id, home=home)
    except OfferingNotAnnounced as error:
        raise Http404 from error
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = services.propose(
                by=request.user, announcement=announcement, text=form.cleaned_data["numbers"],
                note=form.cleaned_data["note"],
            )  # fmt: skip
        except DomainError as why:
            form.add_error(why.field or None, str(why))
        else:
            messages.success(request, _("Usulan terkirim ke penyelenggara."))
            return HttpResponseRedirect(reverse("proposal", args=[made.pk]))
    used = shared.quota_used(announcement, agency_id=home.agency_id)
    return render(
        request,
        "learning/proposal_form.html",
        {
            "announcement": announcement,
            "form": form,
            "left": max(0, announcement.quota - used),
            "agency": home.agency,
            "class_url": hosts.tenant_url(announcement.tenant_id, announcement.path),
            "crumbs": [
                {"label": _("Usulan peserta"), "url": reverse("proposals")},
                {"label": _("Kelas instansi lain"), "url": reverse("proposal_classes")},
                {"label": announcement.title, "url": ""},
            ],
        },
        status=422 if form.is_bound else 200,
    )


@needs(MAKE)
@require_safe
def proposal_page(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """One proposal: what the provider said to each, and how far they are. Own people only."""
    home = current_tenant()
    proposal = get_object_or_404(shared.proposals_of(home), pk=proposal_id)
    rows = list(shared.people_of(proposal))
    people = accounts.holders(row.account_id for row in rows)
    return render(
        request,
        "learning/proposal.html",
        {
            "proposal": proposal,
            "announcement": proposal.announcement,
            "rows": [
                {
                    "proposed": row,
                    "person": people[row.account_id],
                    "number": nip.format_number(people[row.account_id].number),
                    "can_withdraw": row.state == ProposalState.PROPOSED,
                }
                for row in rows
            ],
            "letters": shared.letters_to(home, proposal.announcement),
            "class_url": hosts.tenant_url(
                proposal.announcement.tenant_id, proposal.announcement.path
            ),
            "crumbs": [
                {"label": _("Usulan peserta"), "url": reverse("proposals")},
                {"label": proposal.announcement.title, "url": ""},
            ],
        },
    )


@needs(MAKE)
@require_POST
def proposal_withdraw(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Take back one person whom the provider has not answered."""
    proposal = get_object_or_404(shared.proposals_of(current_tenant()), pk=proposal_id)
    try:
        person_id = uuid.UUID(request.POST.get("orang", ""))
        row = ProposalPerson.objects.get(pk=person_id, proposal=proposal)
    except (ValueError, ProposalPerson.DoesNotExist) as error:
        raise Http404 from error
    try:
        shared_services.withdraw(by=request.user, person_id=row.pk)
    except DomainError as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("Usulan orang ini ditarik."))
    return HttpResponseRedirect(reverse("proposal", args=[proposal_id]))


@needs(MAKE)
@require_safe
def proposal_letter(request: HttpRequest, letter_id: uuid.UUID) -> HttpResponse:
    """A call letter that is addressed to this agency."""
    letters = Letter.objects.select_related("agency", "announcement")
    return pdf_answer(
        get_object_or_404(letters, pk=letter_id, agency_id=current_tenant().agency_id)
    )
