"""The staff list as the address asks for it, for its page and its download."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shared_apps.accounts import nip
from shared_apps.employees import selectors
from shared_apps.employees.choices import StaffKind, Standing
from shared_apps.employees.models import Assignment
from shared_apps.recognition import selectors as recognition
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.tables import Column, Filter, Listing

EXPORT = "employees"
LEFT = "keluar"
#: Units up to which the filter is a list of choices; above it is a search text.
MOST_CHOICES = 300


def _words(rows: Any, words: str) -> Any:
    digits = nip.SEPARATORS.sub("", words)
    if digits.isascii() and digits.isdigit():
        return rows.filter(employee__number__contains=digits)
    for word in words.split():
        rows = rows.filter(Q(employee__name__icontains=word) | Q(post__icontains=word))
    return rows


def _unit_filter(agency_id: int) -> Filter:
    units = selectors.units_of_agency(agency_id)

    def by_unit(rows: Any, text: str) -> Any:
        wanted = [row.id for row in units if row.code == text.upper()] or [
            row.id for row in units if text.casefold() in row.name.casefold()
        ]
        return rows.filter(unit_id__in=selectors.with_descendants(wanted))

    few = len(units) <= MOST_CHOICES
    choices = [(row.code, row.label) for row in units] if few else None
    label = _("Unit kerja") if few else _("Unit kerja (nama atau kode)")
    return Filter("unit", label, by_unit, choices)


def _filters(agency_id: int) -> list[Filter]:
    return [
        Filter("q", _("Nama, nomor, atau jabatan"), _words),
        _unit_filter(agency_id),
        Filter("jenis", _("Status kepegawaian"), lambda r, v: r.filter(kind=v), StaffKind.choices),
        Filter(
            "status",
            _("Kedudukan hukum"),
            lambda r, v: r if v == LEFT else r.filter(standing=v),
            [*Standing.choices, (LEFT, _("Sudah keluar"))],
        ),
        Filter(
            "akun",
            _("Akun"),
            lambda r, v: r.filter(employee__account__isnull=v == "tidak"),
            [("ya", _("Punya akun terkonfirmasi")), ("tidak", _("Belum"))],
        ),
    ]


def _with_jp(rows: list[Assignment]) -> Sequence[Assignment]:
    accounts = [row.employee.account_id for row in rows if row.employee.account_id]
    jp = recognition.credited_in_year(accounts, timezone.localdate().year)
    for row in rows:
        account_id = row.employee.account_id
        row.jp = jp.get(account_id) if account_id else None  # type: ignore[attr-defined]
    return rows


def _standing(row: Assignment) -> str:
    if row.employee.left_on:
        return _("keluar {date}").format(date=indonesian.date_short(row.employee.left_on))
    return str(row.get_standing_display())


def _status(row: Assignment) -> object:
    """Kind of employment; the legal position only where it is another one than active."""
    if row.standing == Standing.ACTIVE and not row.employee.left_on:
        return row.get_kind_display()
    return format_html(
        '{} <span class="d-block"><span class="tag tag-warn">{}</span></span>',
        row.get_kind_display(),
        _standing(row),
    )


def _name(row: Assignment) -> object:
    return format_html(
        '<a href="{}">{}</a> <span class="d-block small fw-normal text-nowrap">{}</span>',
        reverse("employee", args=[row.employee_id]),
        row.employee.name,
        nip.format_number(row.employee.number),
    )


def _columns() -> list[Column]:
    return [
        Column("nama", _("Nama"), lambda r: r.employee.name, order=("employee__name",), cell=_name),
        Column("nip", _("NIP/NI PPPK"), lambda r: r.employee.number, only_export=True),
        Column("unit", _("Unit kerja"), lambda r: r.unit and r.unit.name, order=("unit__name",)),
        Column("kode", _("Kode unit"), lambda r: r.unit and r.unit.code, only_export=True),
        Column("jabatan", _("Jabatan"), lambda r: r.post or None, order=("post",)),
        Column(
            "jenis-jabatan",
            _("Jenis jabatan"),
            lambda r: r.get_post_kind_display(),
            only_export=True,
        ),
        Column("golongan", _("Golongan"), lambda r: r.grade or None, order=("grade",)),
        Column("atasan", _("NIP atasan langsung"), lambda r: r.superior_number, only_export=True),
        Column(
            "jenis",
            _("Status"),
            lambda r: str(r.get_kind_display()),
            order=("kind", "standing"),
            cell=_status,
        ),
        Column("kedudukan", _("Kedudukan hukum"), _standing, only_export=True),
        Column("akun", _("Akun"), lambda r: _("ya") if r.employee.account_id else _("tidak")),
        Column(
            "jp",
            _("JP tahun ini"),
            lambda r: r.jp,
            numeric=True,
            cell=lambda r: None if r.jp is None else indonesian.jp(r.jp),
        ),
    ]


def build(params: Mapping[str, str], by: Any) -> Listing:
    """Return the people of the open tenant's agency; those who left only if that is asked."""
    agency_id = current_tenant().agency_id
    left = params.get("status") == LEFT
    return Listing(
        params=params,
        rows=selectors.latest_assignments(agency_id).filter(employee__left_on__isnull=not left),
        columns=_columns(),
        filters=_filters(agency_id),
        default="nama",
        enrich=_with_jp,
        name="pegawai",
    )
