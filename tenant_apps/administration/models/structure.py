"""The structure of the tenant's corporate university."""

import uuid

from django.db import models

from tenant_apps.administration.choices import CorpuRole


class Person(models.Model):
    """Somebody in the structure: a member, or a name where the person has no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # As written; a member's own name is shown in its place.
    name = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Seat(Person):
    """One seat and who sits in it."""

    role = models.CharField(max_length=20, choices=CorpuRole)
    # How this tenant calls the seat, where it is not the usual name.
    label = models.CharField(max_length=80, blank=True)
    # Field (bidang) of a vice chair.
    field = models.CharField(max_length=120, blank=True)


class Academy(Person):
    """A group of expertise (akademi, rumpun); the person is its head."""

    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
