"""Survey answers without any person, and their kept sums."""

import uuid

from django.db import models


class Response(models.Model):
    """One anonymous answer sheet: no person, no enrolment, a random id and only the month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subject_kind = models.CharField(max_length=20)
    subject_uuid = models.UUIDField()
    # The class in which it was learned, if it is large enough to hide in.
    offering = models.UUIDField(null=True)
    month = models.DateField()
    # {"U1": 4, …} with the unsur code as key; U4 of a free service is stored as 4.
    answers = models.JSONField()
    comment = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_uuid", "month"], name="survey_response_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.month:%Y-%m}"


class UnsurTotal(models.Model):
    """Kept sum of the answers to one unsur about one subject, in one class, in one month."""

    subject_kind = models.CharField(max_length=20)
    subject_uuid = models.UUIDField()
    offering = models.UUIDField(null=True)
    month = models.DateField()
    unsur = models.CharField(max_length=2)
    answers = models.IntegerField(default=0)
    points = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_uuid", "offering", "month", "unsur"],
                name="one_total_per_unsur_class_and_month",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["month"], name="survey_totals_of_month")]

    def __str__(self) -> str:
        return f"{self.unsur} {self.month:%Y-%m}"
