"""Stretches of whole months that reports can be narrowed to."""

import datetime
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tenants.schemas import current_tenant

Months = tuple[datetime.date | None, datetime.date | None]


def today() -> datetime.date:
    """Return today in the tenant's zone."""
    return timezone.localdate(timezone=zoneinfo.ZoneInfo(current_tenant().time_zone))


def months_before(month: datetime.date, count: int) -> datetime.date:
    """Return the first day of the month so many months earlier."""
    index = month.year * 12 + month.month - 1 - count
    return datetime.date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """Whole months from `first` to `last`, both included; None is without bound."""

    key: str
    label: str | Promise
    first: datetime.date | None
    last: datetime.date | None

    def narrow(self, rows: Any, field: str = "month") -> Any:
        """Keep rows whose month lies in the period."""
        if self.first:
            rows = rows.filter(**{f"{field}__gte": self.first})
        return rows.filter(**{f"{field}__lte": self.last}) if self.last else rows

    def moments(self, field: str) -> Q:
        """Return the condition on a moment, by the days of the tenant's zone."""
        zone = zoneinfo.ZoneInfo(current_tenant().time_zone)
        found = Q()
        if self.first:
            start = datetime.datetime.combine(self.first, datetime.time(), zone)
            found &= Q(**{f"{field}__gte": start})
        if self.last:
            after = months_before(self.last, -1)
            end = datetime.datetime.combine(after, datetime.time(), zone)
            found &= Q(**{f"{field}__lt": end})
        return found


def periods(years: Iterable[int] = ()) -> list[Period]:
    """Return the periods to choose from: relative ones, then some years, newest first."""
    this = today().replace(day=1)
    before = months_before(this, 1)
    wanted = sorted({this.year, *years}, reverse=True)
    return [
        Period("bulan-ini", _("Bulan ini"), this, this),
        Period("bulan-lalu", _("Bulan lalu"), before, before),
        Period("12-bulan", _("12 bulan terakhir"), months_before(this, 11), this),
        *(
            Period(
                str(year),
                _("Tahun {year}").format(year=year),
                datetime.date(year, 1, 1),
                datetime.date(year, 12, 1),
            )
            for year in wanted
        ),
    ]


def choices(options: Iterable[Period]) -> list[tuple[str, str | Promise]]:
    """Return periods as a filter's choices."""
    return [(period.key, period.label) for period in options]


def chosen(options: Iterable[Period], key: str) -> Period:
    """Return the period with a key; all time for none."""
    everything = Period("", _("Semua waktu"), None, None)
    return next((period for period in options if period.key == key), everything)
