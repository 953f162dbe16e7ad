"""Reads of announced classes, proposals and call letters."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shared_apps.catalog.choices import Visibility
from shared_apps.offerings.choices import (
    ANNOUNCED,
    SEATING,
    USING_QUOTA,
    OfferingState,
    ProposalState,
)
from shared_apps.offerings.errors import OfferingNotAnnounced
from shared_apps.offerings.models import Announcement, Letter, Proposal, ProposalPerson
from tenants.choices import TenantState
from tenants.models import Tenant


def open_to_agency(home: Tenant) -> QuerySet[Announcement]:
    """Classes of other tenants for which the home tenant's agency may propose people now."""
    now = timezone.now()
    seen = Q(visibility__in=[Visibility.ALL_ASN, Visibility.PUBLIC])
    seen |= Q(visibility=Visibility.CHOSEN, agencies__contains=[home.agency_id])
    seen |= Q(visibility=Visibility.OWN, tenant__agency_id=home.agency_id)
    return (
        Announcement.objects.filter(
            seen, state__in=SEATING, quota__gt=0, tenant__state=TenantState.ACTIVE
        )
        .exclude(tenant=home)
        .exclude(enrol_until__lt=now)
        .select_related("tenant__agency")
    )


def find_open(announcement_id: uuid.UUID, *, home: Tenant) -> Announcement:
    """Return one such class; raises OfferingNotAnnounced."""
    row = open_to_agency(home).filter(pk=announcement_id).first()
    if row is None:
        raise OfferingNotAnnounced("offering")
    return row


def quota_used(announcement: Announcement, *, agency_id: int) -> int:
    """Return how many places of an agency's quota are used."""
    return ProposalPerson.objects.filter(
        announcement=announcement, proposal__agency_id=agency_id, state__in=USING_QUOTA
    ).count()


def proposals_of(home: Tenant) -> QuerySet[Proposal]:
    """Proposals that the home tenant has sent, with numbers of people."""
    return (
        Proposal.objects.filter(home=home)
        .select_related("announcement__tenant")
        .annotate(
            count=Count("people"),
            unanswered=Count("people", filter=Q(people__state=ProposalState.PROPOSED)),
            accepted=Count(
                "people",
                filter=Q(
                    people__state__in=[
                        ProposalState.SEATED,
                        ProposalState.WAITING,
                        ProposalState.COMPLETED,
                        ProposalState.ABSENT,
                    ]
                ),
            ),
            completed=Count("people", filter=Q(people__state=ProposalState.COMPLETED)),
            returned=Count("people", filter=Q(people__state=ProposalState.RETURNED)),
        )
    )


def people_of(proposal: Proposal) -> QuerySet[ProposalPerson]:
    """The people of one proposal, in the order in which they were named."""
    return ProposalPerson.objects.filter(proposal=proposal).order_by("pk")


def proposed_to(*, tenant: Tenant, uuid: uuid.UUID) -> QuerySet[ProposalPerson]:
    """All people whom other agencies proposed for a tenant's offering."""
    return ProposalPerson.objects.filter(
        announcement__tenant=tenant, announcement__uuid=uuid
    ).select_related("proposal__agency")


def unanswered(tenant: Tenant) -> dict[uuid.UUID, int]:
    """Return for each offering of a tenant how many proposed people wait for an answer."""
    rows = (
        ProposalPerson.objects.filter(announcement__tenant=tenant, state=ProposalState.PROPOSED)
        .values_list("announcement__uuid")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return dict(rows)


def announcement_of(*, tenant: Tenant, uuid: uuid.UUID) -> Announcement | None:
    """Return what is announced of a tenant's offering."""
    return Announcement.objects.filter(tenant=tenant, uuid=uuid).first()


def announced(things: Iterable[tuple[int, uuid.UUID]]) -> list[Announcement]:
    """Return the announcements of some offerings `(tenant, uuid)`, in one query."""
    wanted = set(things)
    rows = Announcement.objects.filter(
        uuid__in=[uuid_ for _tenant, uuid_ in wanted],
        state__in=[*ANNOUNCED, OfferingState.CANCELLED],
    ).select_related("tenant")
    return [row for row in rows if (row.tenant_id, row.uuid) in wanted]


def letters_of_offering(*, tenant: Tenant, uuid: uuid.UUID) -> QuerySet[Letter]:
    """Call letters of a tenant's offering, newest first."""
    return (
        Letter.objects.filter(announcement__tenant=tenant, announcement__uuid=uuid)
        .select_related("agency")
        .order_by("-issued_at")
    )


def letters_to(home: Tenant, announcement: Announcement) -> QuerySet[Letter]:
    """Call letters for a class that are addressed to the home tenant's agency."""
    return Letter.objects.filter(announcement=announcement, agency_id=home.agency_id).order_by(
        "-issued_at"
    )


def starts_between(first: datetime.datetime, last: datetime.datetime) -> QuerySet[Announcement]:
    """Classes that start within a time, of active tenants: for reminders."""
    return Announcement.objects.filter(
        state__in=SEATING,
        starts_at__gte=first,
        starts_at__lt=last,
        tenant__state=TenantState.ACTIVE,
    ).select_related("tenant")
