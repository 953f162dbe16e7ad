"""Results of learning from kept figures: by topic, month and agency. No personal data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, ExpressionWrapper, F, FloatField, Q, Sum, When
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.rules import selectors as rules
from tenant_apps.learning.models import Topic
from tenant_apps.learning.selectors import figures as kept
from tenant_apps.learning.selectors.topics import topic_names
from tenant_apps.reports.periods import Period, choices, chosen, periods
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.tables import Column, Filter, Listing

EXPORT = "results"


@dataclass(frozen=True)
class Result:
    """Sums of figures, and what follows from them; None where nothing can be said."""

    sums: Mapping[str, Any]
    median_days: float | None = None
    # Below so many who completed, means would be the scores of single people: they are left out.
    least: int = 0

    @property
    def few(self) -> bool:
        """Whether too few completed for means to be shown."""
        return bool(self.completed < self.least)

    def _mean(self, sum_: Any, count: int, *, places: str = "0.1") -> Decimal | None:
        return None if self.few or count < self.least else _share(sum_, count, places=places)

    def __getattr__(self, name: str) -> Any:
        """Give a sum by its name."""
        try:
            return self.sums[name]
        except KeyError as error:
            raise AttributeError(name) from error

    @property
    def rate(self) -> Decimal | None:
        """Per cent of those who started in the period that have completed by now."""
        return _share(self.finished * 100, self.started)

    @property
    def pre(self) -> Decimal | None:
        """Mean score before, of those who completed."""
        return self._mean(self.pre_points, self.pre_count)

    @property
    def post(self) -> Decimal | None:
        """Mean score after, of those who completed."""
        return self._mean(self.post_points, self.post_count)

    @property
    def gain(self) -> Decimal | None:
        """Mean gain in points, of those with both tests."""
        return self._mean(self.gain_points, self.gain_count)

    @property
    def n_gain(self) -> Decimal | None:
        """Mean normalised gain, of those who had less than 100 before."""
        return self._mean(self.n_gain_sum, self.n_gain_count, places="0.01")

    @property
    def first_try_rate(self) -> Decimal | None:
        """Per cent of those who completed that passed at the first attempt."""
        return self._mean(self.first_try * 100, self.completed)


def shielded(result: Result, account: Any) -> Result:
    """Return figures without means of few people for who may not see the people themselves.

    The least number is that of the survey.
    """
    tenant = current_tenant()
    if "participant.view" in permissions_of(account, tenant):
        return result
    least = rules.whole("survey.minimum_answers", tenant_id=tenant.pk)
    shown_ = replace(result, least=least)
    return replace(shown_, median_days=None) if shown_.few else shown_


def _share(sum_: Any, count: int, *, places: str = "0.1") -> Decimal | None:
    if not count:
        return None
    return (Decimal(sum_) / count).quantize(Decimal(places), rounding=ROUND_HALF_UP)


def shown(value: Decimal | None, unit: str = "") -> str | None:
    """Return a figure as pages write it: `66,7 %`, `−5,0`."""
    if value is None:
        return None
    text = indonesian.number(abs(value))
    return f"{'−' if value < 0 else ''}{text}{unit}"


@dataclass(frozen=True)
class Asked:
    """What the address asks results of."""

    topic: str
    period: Period


def asked(listing: Listing) -> Asked:
    """Return the topic and period that the filters of the listing stand for."""
    period = chosen(periods(kept.years_seen()), listing.chosen("periode"))
    return Asked(topic=listing.chosen("topik"), period=period)


def in_period(key: str) -> Asked:
    """Return all topics in a period that is always there."""
    return Asked(topic="", period=chosen(periods(), key))


def topic_rows(period: Period) -> Any:
    """Return topics with their sums in a period: one join, whatever the numbers are."""
    within = Q()
    if period.first:
        within &= Q(months__month__gte=period.first)
    if period.last:
        within &= Q(months__month__lte=period.last)
    # Named apart from the topic's own fields, such as its JP.
    sums = {
        f"sum_{name}": Sum(f"months__{name}", filter=within, default=0) for name in kept.AMOUNTS
    }
    return (
        Topic.objects.only("pk", "slug", "title")
        .annotate(**sums)
        .annotate(
            rate=_ratio("finished", "started"),
            pre_mean=_ratio("pre_points", "pre_count"),
            post_mean=_ratio("post_points", "post_count"),
            gain_mean=_ratio("gain_points", "gain_count"),
            n_gain_mean=_ratio("n_gain_sum", "n_gain_count"),
            first_rate=_ratio("first_try", "completed"),
        )
    )


def _ratio(above: str, below: str) -> Case:
    share = ExpressionWrapper(F(f"sum_{above}") * 1.0 / F(f"sum_{below}"), FloatField())
    return Case(When(**{f"sum_{below}__gt": 0}, then=share), output_field=FloatField())


def result_of(row: Any, medians: Mapping[Any, float]) -> Result:
    """Return the figures of an annotated topic."""
    sums = {name: getattr(row, f"sum_{name}") for name in kept.AMOUNTS}
    return Result(sums, medians.get(row.pk))


def columns() -> list[Column]:
    """Return the columns of the table by topic; rows are (topic, result)."""

    def figure(name: str) -> Any:
        return lambda row: getattr(row[1], name)

    def band_of(name: str) -> Any:
        return lambda row: None if row[1].few else getattr(row[1], name)

    def text(name: str, unit: str = "") -> Any:
        return lambda row: shown(getattr(row[1], name), unit)

    def whole(name: str) -> Any:
        return lambda row: indonesian.number(getattr(row[1], name))

    return [
        Column("topik", _("Topik"), lambda row: row[0].title, order=["title"]),
        Column("mulai", _("Mulai"), figure("started"), ["sum_started"], True, whole("started")),
        Column(
            "selesai", _("Selesai"), figure("completed"), ["sum_completed"], True,
            whole("completed"),
        ),
        Column(
            "tingkat", _("Penyelesaian (%)"), figure("rate"), ["rate"], True, text("rate")
        ),
        Column("pre", _("Rata-rata pre-test"), figure("pre"), ["pre_mean"], True, text("pre")),
        Column("post", _("Rata-rata post-test"), figure("post"), ["post_mean"], True, text("post")),
        Column("kenaikan", _("Kenaikan"), figure("gain"), ["gain_mean"], True, text("gain")),
        Column("ngain", _("N-gain"), figure("n_gain"), ["n_gain_mean"], True, text("n_gain")),
        Column(
            "pertama", _("Lulus pada kesempatan pertama (%)"), figure("first_try_rate"),
            ["first_rate"], True, text("first_try_rate"),
        ),
        Column("hari", _("Median hari"), figure("median_days"), (), True, _days),
        Column(
            "jp", _("JP"), figure("jp"), ["sum_jp"], True, lambda row: indonesian.jp(row[1].jp)
        ),
        *(
            Column(f"n_gain_{band}", label, band_of(f"n_gain_{band}"), only_export=True)
            for band, label in bands()
        ),
    ]  # fmt: skip


def _days(row: tuple[Any, Result]) -> str | None:
    return days_text(row[1].median_days)


def days_text(days: float | None) -> str | None:
    """Return days as pages write them: `3` or `2,5`."""
    if days is None:
        return None
    return shown(Decimal(str(days)).quantize(Decimal("1" if days == int(days) else "0.1")))


def bands() -> list[tuple[str, str]]:
    """Return the bands of N-gain with their names, best first."""
    return [
        ("high", _("N-gain tinggi")),
        ("medium", _("N-gain sedang")),
        ("low", _("N-gain rendah")),
    ]


def listing(params: Mapping[str, str], by: Any) -> Listing:
    """Return the table by topic as the address (or a job) asks for it."""
    options = periods(kept.years_seen())
    period = chosen(options, params.get("periode", ""))
    days = period.narrow(kept.completion_days())

    def enrich(rows: list[Any]) -> list[Any]:
        medians = kept.median_days(days.filter(topic__in=[row.pk for row in rows]))
        return [(row, shielded(result_of(row, medians), by)) for row in rows]

    return Listing(
        params=params,
        rows=topic_rows(period).filter(Q(sum_started__gt=0) | Q(sum_completed__gt=0)),
        columns=columns(),
        filters=[
            Filter(
                "topik",
                _("Topik"),
                lambda rows, value: rows.filter(slug=value),
                choices=topic_names(),
            ),
            # The sums are narrowed already.
            Filter("periode", _("Periode"), lambda rows, value: rows, choices=choices(options)),
        ],
        default="-mulai",
        enrich=enrich,
        name="hasil-per-topik",
    )


def total(wanted: Asked) -> Result:
    """Return the figures of all topics (or one) in the period: two queries."""
    rows, days = kept.topic_months(), kept.completion_days()
    if wanted.topic:
        rows, days = rows.filter(topic__slug=wanted.topic), days.filter(topic__slug=wanted.topic)
    (sums,) = kept.summed(wanted.period.narrow(rows))
    return Result(sums, kept.median_days(wanted.period.narrow(days)).get(None))


def by_month(wanted: Asked) -> list[tuple[Any, Result]]:
    """Return (month, figures) in the period, oldest first: one query."""
    rows = kept.topic_months()
    if wanted.topic:
        rows = rows.filter(topic__slug=wanted.topic)
    rows = wanted.period.narrow(rows)
    return [(sums["month"], Result(sums)) for sums in kept.summed(rows, "month")]


def by_agency(period: Period) -> list[tuple[str, Result]]:
    """Return (agency, figures) in the period, most participants first: two queries."""
    found = kept.summed(period.narrow(kept.agency_months()), "agency_id")
    names = kept.agency_names([sums["agency_id"] for sums in found])
    unknown = _("Tidak diketahui")
    rows = [(names.get(sums["agency_id"], unknown), Result(sums)) for sums in found]
    return sorted(rows, key=lambda row: (-row[1].started, row[0]))
