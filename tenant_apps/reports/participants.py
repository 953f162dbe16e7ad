"""The list of participants of all topics, and one person's way."""

import uuid
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.selectors import Holder
from shared_apps.desk.choices import Step
from shared_apps.employees import selectors as employees
from tenant_apps.learning.models import Enrolment
from tenant_apps.learning.selectors import progress
from tenant_apps.learning.selectors.figures import agencies_seen, years_seen
from tenant_apps.learning.selectors.topics import topic_names
from tenant_apps.members import selectors as members
from tenant_apps.reports.periods import choices, chosen, periods
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.tables import Column, Filter, Listing

EXPORT = "participants"


@dataclass(frozen=True)
class Participant:
    """One enrolment with the person behind it."""

    enrolment: Enrolment
    person: Holder | None
    # Where they work; of people of the own agency only.
    unit: str
    minutes: int

    @property
    def name(self) -> str:
        """The person's name, or a dash where the account is gone."""
        return self.person.name if self.person else "–"


def participants(rows: list[Enrolment]) -> list[Participant]:
    """Return enrolments with their people, in their order: three queries however many they are."""
    people = accounts.holders({row.member_id for row in rows})
    seconds = progress.reading_seconds([row.pk for row in rows])
    units = units_of(people)
    return [
        Participant(
            enrolment=row,
            person=people.get(row.member_id),
            unit=units.get(row.member_id, ""),
            minutes=round(seconds.get(row.pk, 0) / 60),
        )
        for row in rows
    ]


def units_of(people: Mapping[uuid.UUID, Holder]) -> dict[uuid.UUID, str]:
    """Return the units of those who belong to the tenant's own agency: one query.

    Where other agencies' people work is theirs to know.
    """
    own = current_tenant().agency_id
    ids = [person.account_id for person in people.values() if person.agency_id == own]
    return {pk: found.unit_name for pk, found in employees.by_accounts(ids).items()}


def _person_link(row: Participant) -> object:
    return format_html(
        '<a href="{}">{}</a><br><span class="listing-note">{}</span>',
        reverse("participant", args=[row.enrolment.member_id]),
        row.name,
        row.person.agency_name if row.person else "",
    )


def _day(name: str) -> Any:
    def cell(row: Participant) -> str | None:
        moment = getattr(row.enrolment, name)
        zone = zoneinfo.ZoneInfo(current_tenant().time_zone)
        if moment is None:
            return None
        # On one line, whatever the width of the column.
        return indonesian.date_short(timezone.localtime(moment, zone)).replace(
            " ", "\N{NO-BREAK SPACE}"
        )

    return cell


def _signed(value: int | None) -> str | None:
    return None if value is None else f"{value:+d}".replace("-", "−")


def columns(*, with_person: bool = True) -> list[Column]:
    """Return the columns; one person's page leaves out who it is."""
    who = [
        Column("nama", _("Nama"), lambda row: row.name, cell=_person_link),
        Column(
            "nip",
            _("NIP/NI PPPK"),
            lambda row: row.person.number if row.person else "",
            only_export=True,
        ),
        Column(
            "instansi",
            _("Instansi"),
            lambda row: row.person.agency_name if row.person else "",
            only_export=True,
        ),
        Column("unit", _("Unit kerja"), lambda row: row.unit, only_export=True),
    ]
    way = [
        Column("topik", _("Topik"), lambda row: row.enrolment.topic.title, order=["topic__title"]),
        Column(
            "versi", _("Versi"), lambda row: row.enrolment.version.number, numeric=True,
            only_export=True,
        ),
        Column(
            "kelas", _("Kelas"),
            lambda row: row.enrolment.offering.full_title if row.enrolment.offering else "",
            order=["offering__title"], only_export=True,
        ),
        Column(
            "tahap", _("Tahap"), lambda row: str(Step(row.enrolment.step).label), order=["step"]
        ),
        Column(
            "mulai", _("Mulai pada"), lambda row: row.enrolment.started_at,
            order=["started_at"], cell=_day("started_at"),
        ),
        Column(
            "terlihat", _("Terakhir membaca"), lambda row: row.enrolment.last_seen_at,
            order=["last_seen_at"], only_export=True,
        ),
        Column("pre", _("Pre-test"), lambda row: row.enrolment.pre, order=["pre"], numeric=True),
        Column(
            "post", _("Post-test"), lambda row: row.enrolment.post, order=["post"], numeric=True
        ),
        Column(
            "kenaikan", _("Kenaikan"), lambda row: row.enrolment.gain, order=["gain"],
            numeric=True, cell=lambda row: _signed(row.enrolment.gain),
        ),
        Column(
            "kesempatan", _("Kesempatan dipakai"), lambda row: row.enrolment.attempts,
            order=["attempts"], numeric=True, only_export=True,
        ),
        Column(
            "menit", _("Menit membaca"), lambda row: row.minutes, numeric=True, only_export=True
        ),
        Column(
            "selesai", _("Selesai"), lambda row: row.enrolment.completed_at,
            order=["completed_at"], cell=_day("completed_at"),
        ),
    ]  # fmt: skip
    return [*who, *way] if with_person else way


def _filters() -> list[Filter]:
    options = periods(years_seen())
    return [
        Filter(
            "topik",
            _("Topik"),
            lambda rows, value: rows.filter(topic__slug=value),
            choices=topic_names(),
        ),
        Filter(
            "kelas",
            _("Kelas"),
            lambda rows, value: rows.filter(offering=value),
            choices=[(str(pk), title) for pk, title in progress.offering_titles().items()],
        ),
        Filter(
            "tahap",
            _("Tahap"),
            lambda rows, value: rows.filter(step=value),
            choices=Step.choices,
        ),
        Filter(
            "instansi",
            _("Instansi"),
            lambda rows, value: rows.filter(agency_id=int(value)),
            choices=agencies_seen(),
        ),
        Filter(
            "periode",
            _("Mulai dalam"),
            lambda rows, value: rows.filter(chosen(options, value).moments("started_at")),
            choices=choices(options),
        ),
        Filter(
            "keadaan",
            _("Keadaan"),
            lambda rows, value: _in_state(rows, value),
            choices=[
                ("berjalan", _("Sedang berjalan")),
                ("macet", _("Macet")),
                ("selesai", _("Selesai")),
            ],
        ),
        Filter(
            "q",
            _("Nama atau NIP"),
            lambda rows, value: rows.filter(member__in=members.matching(value)),
        ),
    ]


def _in_state(rows: Any, value: str) -> Any:
    if value == "macet":
        return progress.stuck(rows)
    return rows.filter(completed_at__isnull=value == "berjalan")


def listing(params: Mapping[str, str], by: Any) -> Listing:
    """Return the list of participants as the address (or a job) asks for it."""
    return Listing(
        params=params,
        rows=progress.all_enrolments(),
        columns=columns(),
        filters=_filters(),
        default="-mulai",
        enrich=participants,
        name="peserta",
    )


def listing_of_person(params: Mapping[str, str], account_id: uuid.UUID) -> Listing:
    """Return one person's way through each topic here."""
    return Listing(
        params=params,
        rows=progress.enrolments_of_person(account_id),
        columns=columns(with_person=False),
        default="-mulai",
        enrich=participants,
        name="riwayat",
    )
