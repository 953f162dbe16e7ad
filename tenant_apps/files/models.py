"""Stored files of a tenant."""

import uuid

from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """One file under MEDIA_ROOT/<tenant>/<id>; who may read it is decided by its owner object."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner_kind = models.CharField(max_length=20)
    owner_uuid = models.UUIDField()
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # Pages of a PDF document; they are drawn when it is stored, or in a job where they are many.
    pages = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_uuid", "sha256"], name="one_file_per_content"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FilePage(models.Model):
    """One page of a PDF document as a picture with its text, readable without any reader."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="drawn")
    number = models.PositiveIntegerField()
    image = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_picture_per_page")
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.number}"
