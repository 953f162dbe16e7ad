"""The catalogue of everything that tenants publish."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from shared_apps.catalog.choices import Visibility
from tenants.choices import ThingKind


class Entry(models.Model):
    """A published snapshot of one thing of one tenant, written by the tenant as it publishes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ThingKind)
    uuid = models.UUIDField()
    path = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    jp = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    minutes = models.PositiveIntegerField(default=0)
    visibility = models.CharField(max_length=8, choices=Visibility)
    # Ids of agencies whose people may see an entry of visibility `chosen`.
    agencies = ArrayField(models.IntegerField(), default=list)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    # Distinct lexemes of title, keywords, summary and body: answers what is found, by the index
    # alone, and is never read back.
    search = SearchVectorField(null=True)
    # Title words weigh A, keywords B, summary C. Short, so that ranking some hundred candidates
    # does not unpack the long vector of each (five times the time, measured).
    ranking = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "uuid"], name="one_entry_per_thing")
        ]
        indexes = [
            GinIndex(fields=["search"], name="catalog_entry_search", fastupdate=False),
            models.Index(fields=["-published_at", "id"], name="catalog_entry_newest"),
            models.Index(fields=["tenant", "-published_at"], name="catalog_entry_tenant"),
        ]

    def __str__(self) -> str:
        return self.title
