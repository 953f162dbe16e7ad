"""Announced classes, proposals of home agencies, and call letters as they were issued."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from shared_apps.catalog.choices import Visibility
from shared_apps.offerings.choices import USING_QUOTA, Mode, OfferingState, ProposalState


class Announcement(models.Model):
    """What other agencies and calendars may know of a tenant's offering; written by the tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.PROTECT, related_name="+")
    uuid = models.UUIDField()
    path = models.CharField(max_length=200)
    title = models.CharField(max_length=240)
    programme = models.CharField(max_length=200)
    jp = models.DecimalField(max_digits=9, decimal_places=2)
    mode = models.CharField(max_length=10, choices=Mode)
    state = models.CharField(max_length=10, choices=OfferingState)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    enrol_from = models.DateTimeField(null=True)
    enrol_until = models.DateTimeField(null=True)
    # None is without limit.
    capacity = models.PositiveIntegerField(null=True)
    seats_taken = models.PositiveIntegerField(default=0)
    # How many people each agency may propose; 0 for none.
    quota = models.PositiveIntegerField(default=0)
    visibility = models.CharField(max_length=8, choices=Visibility)
    agencies = ArrayField(models.IntegerField(), default=list, blank=True)
    # [{"id", "title", "starts_at", "ends_at", "room", "link"}] with times in ISO form (UTC).
    sessions = models.JSONField(default=list)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "uuid"], name="one_announcement_per_offering")
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="announcement_upcoming")]

    def __str__(self) -> str:
        return self.title

    @property
    def seats_left(self) -> int | None:
        """Free seats; None without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)


class Proposal(models.Model):
    """One sending of a home agency's training unit: its people for another tenant's offering."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, related_name="proposals"
    )
    agency = models.ForeignKey("tenants.Agency", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("tenants.Tenant", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    # The provider's sentence to the whole proposal.
    answer = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["home", "-made_at"], name="proposals_of_home")]

    def __str__(self) -> str:
        return f"{self.agency_id} for {self.announcement_id}"


class ProposalPerson(models.Model):
    """One proposed person: what the provider said, and how far they are, told to their agency."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="people")
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, related_name="proposed"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    note = models.CharField(max_length=300, blank=True)
    # Progress as the provider's services write it: steps done of all, and share of sessions.
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    attendance = models.PositiveSmallIntegerField(null=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "account"],
                condition=models.Q(state__in=[str(state) for state in USING_QUOTA]),
                name="one_open_proposal_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.state}"


class Letter(models.Model):
    """A call letter (surat panggilan), frozen as it was issued; the PDF is drawn from it alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="letters")
    # The agency that the letter is addressed to; None for all whom it names.
    agency = models.ForeignKey(
        "tenants.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    number = models.CharField(max_length=80)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(default=timezone.now)
    # Everything that is printed: provider, programme, sessions, people, signer.
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "number"], name="one_letter_per_number")
        ]
        indexes = [models.Index(fields=["agency", "-issued_at"], name="letters_of_agency")]

    def __str__(self) -> str:
        return self.number
