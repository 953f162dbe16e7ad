"""Seats of offerings: who applied, waits, takes part; and who was present."""

import uuid

from django.db import models
from django.utils import timezone

from tenant_apps.learning.choices import AttendanceWay, SeatSource, SeatState
from tenant_apps.learning.models.offerings import ClassSession, Offering
from tenant_apps.members.models import Member


class Seat(models.Model):
    """One person's place with one offering (kepesertaan), whatever became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="seats")
    state = models.CharField(max_length=10, choices=SeatState)
    source = models.CharField(max_length=10, choices=SeatSource, default=SeatSource.SELF)
    # Place in the queue, given once and in order; null for who does not wait.
    number = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    # Account of who decided last; null for the person's own doing.
    decided_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "member"], name="one_seat_per_person"),
            models.UniqueConstraint(
                fields=["offering", "number"],
                condition=models.Q(number__isnull=False),
                name="one_number_on_the_waiting_list",
            ),
        ]
        indexes = [models.Index(fields=["offering", "state", "number"], name="seats_of_offering")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.offering_id}: {self.state}"


class Attendance(models.Model):
    """One person was present at one session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(ClassSession, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    how = models.CharField(max_length=6, choices=AttendanceWay)
    # Account of who recorded it; the person's own for a scanned code.
    recorded_by = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="one_attendance_per_session")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} at {self.session_id}"
