"""What awaits each person."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.desk.choices import ItemState


class CalendarAddress(models.Model):
    """The secret address of a person's calendar; a new token makes the old address worthless."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.account_id)


class Item(models.Model):
    """One enrolment or session of one person: what it is and where its next step is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    uuid = models.UUIDField()
    title = models.CharField(max_length=200)
    step = models.CharField(max_length=20)
    path = models.CharField(max_length=200)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=5, choices=ItemState, default=ItemState.OPEN)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "tenant", "kind", "uuid"], name="one_desk_item_per_thing"
            )
        ]
        indexes = [
            models.Index(fields=["account", "state", "-updated_at"], name="desk_item_of_person")
        ]

    def __str__(self) -> str:
        return self.title
