"""Kept figures of learning: sums that grow with each event, so that no page counts enrolments."""

from django.db import models

from tenant_apps.learning.models.topics import Topic


def _count() -> models.IntegerField:
    return models.IntegerField(default=0, db_default=0)


class MonthFigures(models.Model):
    """What happened in one month, in shards; points are scores of 100.

    Tests, gain and JP are those of people who completed in the month.
    """

    month = models.DateField()
    shard = models.PositiveSmallIntegerField()
    started = _count()
    # Of those who started in this month, how many have completed by now.
    finished = _count()
    completed = _count()
    first_try = _count()
    jp = models.DecimalField(max_digits=12, decimal_places=2, default=0, db_default=0)
    pre_count = _count()
    pre_points = _count()
    post_count = _count()
    post_points = _count()
    # Both tests, so that the gain of a person can be told.
    gain_count = _count()
    gain_points = _count()
    # Normalised gain: none for who had 100 before.
    n_gain_count = _count()
    n_gain_sum = models.DecimalField(max_digits=12, decimal_places=4, default=0, db_default=0)
    n_gain_high = _count()
    n_gain_medium = _count()
    n_gain_low = _count()

    class Meta:
        abstract = True


class TopicMonth(MonthFigures):
    """Kept figures of one topic in one month."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="months")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "month", "shard"], name="one_topic_month_per_shard"
            )
        ]
        indexes = [models.Index(fields=["month"], name="topic_figures_of_month")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.month:%Y-%m}"


class AgencyMonth(MonthFigures):
    """Kept figures of the people of one agency in one month; agency 0 is not known."""

    agency_id = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "month", "shard"], name="one_agency_month_per_shard"
            )
        ]
        indexes = [models.Index(fields=["month"], name="agency_figures_of_month")]

    def __str__(self) -> str:
        return f"agency {self.agency_id} {self.month:%Y-%m}"


class CompletionDays(models.Model):
    """How many completed a topic in a month after so many days: gives an exact median."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    days = models.IntegerField()
    shard = models.PositiveSmallIntegerField()
    people = _count()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "month", "days", "shard"], name="one_count_per_days"
            )
        ]
        indexes = [models.Index(fields=["month"], name="days_of_month")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.month:%Y-%m}: {self.days} d"
