"""Accounts, their sessions and identities, kept head counts and counts of failed sign-ins."""

import secrets
import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import (  # type: ignore[attr-defined]
    _user_has_module_perms,
    _user_has_perm,
)
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from shared_apps.accounts import agencies
from shared_apps.accounts.choices import HOLDING, EmploymentKind, IdentityState, Zone


def new_handle() -> str:
    """Return an opaque name for USERNAME_FIELD; nobody signs in with it."""
    return secrets.token_hex(12)


class Account(AbstractBaseUser):
    """One person, for the whole country; deactivated or anonymised, never deleted."""

    # The row stays cold, since every tenant points at it: sign-ins are counted elsewhere.
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    handle = models.CharField(max_length=40, unique=True, default=new_handle)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    home_agency = models.ForeignKey(
        "tenants.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    language = models.CharField(max_length=5, blank=True)
    # Empty means: that of the home agency's region.
    time_zone = models.CharField(max_length=40, choices=Zone, blank=True, db_default="")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    # Finds accounts for Django's own code; `services.registration` makes them.
    objects = BaseUserManager()

    class Meta:
        constraints = [
            # Two submissions of one form at the same instant make one account, not two.
            models.UniqueConstraint(models.functions.Upper("email"), name="one_account_per_email")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def agency_name(self) -> str:
        """Short name of the home agency, from memory; empty without one."""
        return agencies.short_name(self.home_agency_id)

    @cached_property
    def is_confirmed(self) -> bool:
        """Whether the home agency said that this person is one of its own.

        One query, asked once per request and only where internal topics may be shown.
        """
        return Identity.objects.filter(pk=self.pk, state=IdentityState.CONFIRMED).exists()

    @property
    def confirmed_agency_id(self) -> int | None:
        """Agency whose internal topics the person may see: the home agency once it confirmed them.

        A mere declaration opens nothing: anybody may declare any agency.
        """
        return self.home_agency_id if self.is_confirmed else None

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Ask the permission backends; roles hold relative to the open tenant."""
        return bool(self.is_active and _user_has_perm(self, perm, obj))

    def has_module_perms(self, app_label: str) -> bool:
        """Ask the permission backends for any permission of an app."""
        return bool(self.is_active and _user_has_module_perms(self, app_label))


class Session(AbstractBaseSession):
    """A session that names its account in a column, so that both are read at once.

    `account_id` has no foreign key: every sign-in would lock the account's row, which stays cold.
    """

    account_id = models.UUIDField(null=True, db_index=True)
    # Kind of browser and machine in words, as the list of sessions shows it.
    device = models.CharField(max_length=40, blank=True)
    signed_in_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"session until {self.expire_date:%Y-%m-%d}"


class Identity(models.Model):
    """The NIP or NI PPPK and home agency that an account states, and how far it is confirmed."""

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, primary_key=True, related_name="identity"
    )
    number = models.CharField(max_length=18)
    kind = models.CharField(max_length=8, choices=EmploymentKind)
    agency = models.ForeignKey("tenants.Agency", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=IdentityState, default=IdentityState.DECLARED)
    declared_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(state__in=[str(state) for state in HOLDING]),
                name="one_holder_per_number",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decided_by__isnull=True)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="identity_decided_at_and_by_together",
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="identity_number"),
            models.Index(fields=["agency", "state", "declared_at"], name="identity_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.state}"


class HeadCount(models.Model):
    """Kept numbers of people per agency, in shards so that writers do not queue for one row."""

    agency = models.ForeignKey("tenants.Agency", on_delete=models.PROTECT, related_name="+")
    shard = models.PositiveSmallIntegerField()
    declared = models.IntegerField(default=0)
    confirmed = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "shard"], name="one_head_count_per_shard")
        ]

    def __str__(self) -> str:
        return f"agency {self.agency_id} shard {self.shard}"


class SignInCount(models.Model):
    """Failed sign-ins per key and time window; the key is a keyed hash, never an address."""

    key = models.CharField(max_length=64, primary_key=True)
    window_ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} until {self.window_ends_at:%H:%M}"
