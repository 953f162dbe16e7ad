"""The citations of a tenant."""

import uuid

from django.db import models
from django.utils import timezone

from shared_apps.regulations.models import Regulation
from tenant_apps.members.models import Member


class Citation(models.Model):
    """One thing of this tenant cites one regulation, or one article of it.

    `seen_change` is the regulation's `change` that somebody last looked at: a smaller number than
    the regulation's `look_from` means that the law has moved since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20)
    uuid = models.UUIDField()
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    # Whose work list it stands on when the law changes; null for the training unit's.
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    # The register is a shared table whose rows are never deleted.
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=60, blank=True)
    seen_change = models.PositiveIntegerField(default=0)
    # The change of which its owner was last told.
    told_change = models.PositiveIntegerField(default=0, db_default=0)
    cited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "uuid", "regulation", "article"], name="one_citation_of_an_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}: {self.regulation_id} {self.article}"
