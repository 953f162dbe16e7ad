"""Employees of agencies, what they were from when on, the unit tree, kept counts, imports."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.employees.choices import (
    Action,
    ImportState,
    PostKind,
    StaffKind,
    Standing,
    Subject,
)


class Unit(models.Model):
    """One unit of work (unit kerja) of an agency; units form a tree."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("tenants.Agency", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="one_unit_per_code")]

    def __str__(self) -> str:
        return self.name


class Employee(models.Model):
    """One person's employment at one agency, under a NIP or NI PPPK; kept when they leave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("tenants.Agency", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=18)
    name = models.CharField(max_length=120)
    # Set while the account's identity is confirmed at this agency with this number.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="one_employee_per_number"),
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(left_on__isnull=True),
                name="one_employer_per_number",
            ),
        ]
        indexes = [models.Index(fields=["agency", "name", "id"], name="employee_names")]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """What an employee is from a day on: unit, post, grade, superior, kind and legal position.

    Valid up to the day before `valid_to`. One row of each employee is the latest one; it is open
    unless the person has left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    latest = models.BooleanField(default=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=200, blank=True)
    post_kind = models.CharField(max_length=12, choices=PostKind, blank=True)
    grade = models.CharField(max_length=5, blank=True)
    # Anybody with a valid number, also of another agency or without an account.
    superior_number = models.CharField(max_length=18, blank=True)
    kind = models.CharField(max_length=8, choices=StaffKind)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.ACTIVE)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=models.Q(latest=True),
                name="one_latest_assignment",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="assignment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=False) | models.Q(latest=True),
                name="only_latest_assignment_is_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"], condition=models.Q(latest=True), name="assignment_unit_now"
            ),
            models.Index(
                fields=["superior_number"],
                condition=models.Q(latest=True) & ~models.Q(superior_number=""),
                name="assignment_superior_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} from {self.valid_from}"


class StaffCount(models.Model):
    """Kept number of an agency's people in one legal position: of a unit, or of all (no unit).

    It changes in the transaction of the change. Which positions count as active is a rule, applied
    when the numbers are read.
    """

    agency = models.ForeignKey("tenants.Agency", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    standing = models.CharField(max_length=20, choices=Standing)
    people = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit", "standing"],
                name="one_staff_count_per_standing",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(
                fields=["agency"],
                condition=models.Q(unit__isnull=True),
                name="staff_count_of_agency",
            )
        ]

    def __str__(self) -> str:
        return f"{self.people} {self.standing}"


class StaffImport(models.Model):
    """One file of a training unit: what it would change, and whether that was done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agency = models.ForeignKey("tenants.Agency", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=160)
    effective_on = models.DateField()
    # People who are not in the file have left.
    complete = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    # Numbers of lines by "subject.action", rows read, people unchanged.
    counts = models.JSONField(default=dict)
    plan_job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    apply_job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-created_at"], name="imports_of_agency")]

    def __str__(self) -> str:
        return self.file_name


class ImportLine(models.Model):
    """One change or error of an import; what stays as it is has no line."""

    staff_import = models.ForeignKey(StaffImport, on_delete=models.CASCADE, related_name="lines")
    subject = models.CharField(max_length=8, choices=Subject)
    action = models.CharField(max_length=8, choices=Action)
    # Row of the file; 0 for people who are not in it.
    row = models.PositiveIntegerField()
    # NIP or code of the unit, and name, as found in the file.
    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, blank=True)
    # What the file says (by field), and for a change what stood there before.
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    fault = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff_import", "subject", "action", "id"], name="lines_of_import")
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.action}"
