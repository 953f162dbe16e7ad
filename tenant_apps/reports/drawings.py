"""Charts of this app's pages; each page shows the same figures in a table beside."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tenant_apps.reports.results import Result, bands
from tenant_apps.surveys.ikm import Index
from toolkit import charts, indonesian
from toolkit.charts import Bar, Series


def months(rows: Sequence[tuple[Any, Result]]) -> SafeString:
    """Draw who started and who completed, by month."""
    return charts.columns(
        "per-bulan",
        _("Mulai dan selesai per bulan"),
        _("Dua batang tiap bulan: peserta yang mulai dan yang selesai. Angkanya ada di tabel."),
        [indonesian.month_short(month) for month, _row in rows],
        [
            _series(_("Mulai"), [row.started for _month, row in rows]),
            _series(_("Selesai"), [row.completed for _month, row in rows]),
        ],
    )


def _series(label: str, values: list[int]) -> Series:
    return Series(label, [float(value) for value in values], [str(value) for value in values])


def n_gain_bands(result: Result) -> SafeString:
    """Draw how many people had a high, medium and low normalised gain."""
    counts = [(label, getattr(result, f"n_gain_{band}")) for band, label in bands()]
    most = sum(count for _label, count in counts)
    return charts.bars(
        "n-gain",
        _("Peserta menurut N-gain"),
        _("Satu batang tiap golongan: tinggi, sedang, dan rendah. Angkanya ada di tabel."),
        [Bar(label, count, indonesian.number(count)) for label, count in counts],
        most=most,
    )


def unsurs(index: Index) -> SafeString:
    """Draw the mean answer (NRR) to each unsur; the lowest ones stand out."""
    return charts.bars(
        "unsur",
        _("Nilai rata-rata tiap unsur"),
        _("Satu batang tiap unsur, dari 1 sampai 4; yang terendah ditonjolkan."),
        [
            Bar(
                f"{row.code} {row.label}" + (f" · {_('terendah')}" if row.is_lowest else ""),
                float(row.mean),
                indonesian.number(row.mean),
                strong=row.is_lowest,
            )
            for row in index.rows
        ],
        most=4,
    )


def index_by_month(rows: Sequence[tuple[Any, int, Index | None]]) -> SafeString:
    """Draw the index by month; months with too few answers are gaps."""
    return charts.lines(
        "ikm-per-bulan",
        _("IKM per bulan"),
        _("Satu titik tiap bulan, dari 25 sampai 100. Angkanya ada di tabel."),
        [indonesian.month_short(month) for month, _answers, _index in rows],
        [
            Series(
                _("IKM"),
                [float(index.value) if index else None for _month, _answers, index in rows],
                [indonesian.number(index.value) if index else "" for _m, _answers, index in rows],
            )
        ],
        least=25,
        most=100,
        steps=3,
    )
