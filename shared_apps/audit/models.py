"""The audit trail."""

import uuid

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One thing that somebody did; never changed, never deleted (the database refuses)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    # Account of who acted; null for the system itself. No foreign key: the trail outlives all.
    actor_id = models.UUIDField(null=True)
    tenant_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "ref"], name="audit_event_object"),
            # A tenant's trail by time, of one person, and of one verb.
            models.Index(fields=["tenant_id", "at", "id"], name="audit_event_of_tenant"),
            models.Index(fields=["tenant_id", "actor_id", "at"], name="audit_event_of_actor"),
            models.Index(fields=["tenant_id", "verb", "at"], name="audit_event_of_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.ref}"
