"""The inbox, the choices for mail, and the day of the last digest."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.notifications.choices import Delivery


class Notification(models.Model):
    """One notice to one person. Its row is the notice; a mail is only a copy of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Who sends; null for the portal itself.
    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=60)
    # What it is about: the same kind and key reach a person once.
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    # Where it leads, on the tenant's host (the portal's for no tenant).
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # Chosen when it was made; later choices hold for later notices.
    delivery = models.CharField(max_length=5, choices=Delivery)
    mailed_at = models.DateTimeField(null=True)
    # A mail server that refuses is asked again after a while.
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_after = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "tenant", "kind", "key"],
                condition=models.Q(tenant__isnull=False),
                name="one_notice_of_tenant",
            ),
            models.UniqueConstraint(
                fields=["account", "kind", "key"],
                condition=models.Q(tenant__isnull=True),
                name="one_notice_of_portal",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at"], name="notices_of_person"),
            models.Index(
                fields=["account"],
                condition=models.Q(read_at__isnull=True),
                name="notices_unread",
            ),
            models.Index(
                fields=["delivery", "account"],
                condition=models.Q(mailed_at__isnull=True, read_at__isnull=True)
                & ~models.Q(delivery="off"),
                name="notices_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class MailChoice(models.Model):
    """When one person wants mail of one kind; without a row the kind's own default holds."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=60)
    delivery = models.CharField(max_length=5, choices=Delivery)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="one_mail_choice_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"


class Digest(models.Model):
    """The day, in the person's zone, that the last digest was for."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    sent_on = models.DateField()

    def __str__(self) -> str:
        return f"digest of {self.sent_on}"
