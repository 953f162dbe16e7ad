"""Assigning people by their numbers, as a job: a file, a pasted list, a unit or a rule.

Everything becomes one table of numbers, so that one way of working serves all, and the same table
goes back with a column of errors. Each row stands for itself.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.accounts import nip
from shared_apps.accounts import selectors as accounts
from shared_apps.audit import services as audit
from shared_apps.employees import selectors as employees
from shared_apps.jobs import services as jobs
from shared_apps.jobs.models import Job
from shared_apps.rules import selectors as rules
from tenant_apps.learning.choices import SeatSource, SeatState
from tenant_apps.learning.errors import SeatRefused
from tenant_apps.learning.models import Offering
from tenant_apps.learning.services.seating import lock_offering, place
from tenant_apps.learning.services.seats import require_manager, require_seating
from tenants.schemas import current_tenant
from toolkit import sheets
from toolkit.sheets import Row

KIND = "offerings.assign"
BATCH = 250
COLUMNS = (
    sheets.Column(
        "number", gettext_lazy("NIP"), required=True,
        help=gettext_lazy("NIP atau NI PPPK, 18 angka."), also=("NI PPPK", "NIP/NI PPPK"),
    ),
    sheets.Column(
        "name", gettext_lazy("Nama"), help=gettext_lazy("Boleh kosong; hanya untuk Anda.")
    ),
)  # fmt: skip


@dataclass
class Matched:
    """Numbers matched with an agency's own people: accounts by number, and why others have none."""

    accounts: dict[str, uuid.UUID] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)


def match(numbers: Iterable[str], *, agency_id: int) -> Matched:
    """Match 18-digit numbers with the people of an agency: two queries.

    Its own are those in its staff list with a confirmed account, and those whom it confirmed.
    """
    wanted = list(dict.fromkeys(numbers))
    staff = employees.by_numbers(wanted, agency_id)
    confirmed = accounts.confirmed_at(agency_id, wanted)
    found = Matched()
    for number in wanted:
        account_id = confirmed.get(number) or (
            staff[number].account_id if number in staff else None
        )
        if account_id is not None:
            found.accounts[number] = account_id
        elif number in staff:
            found.refusals[number] = _(
                "Ada di data pegawai, tetapi belum punya akun yang dikonfirmasi. "
                "Kirimkan undangan mendaftar."
            )
        else:
            found.refusals[number] = _("NIP tidak dikenal di instansi ini.")
    return found


def read_numbers(text: str) -> tuple[list[str], list[str]]:
    """Return the numbers of a pasted text, each once, and the lines that hold none."""
    numbers: dict[str, None] = {}
    faulty = []
    for line in text.replace(",", "\n").replace(";", "\n").splitlines():
        if not line.strip():
            continue
        number = nip.clean_number(line)
        if number:
            numbers[number] = None
        else:
            faulty.append(line.strip()[:60])
    return list(numbers), faulty


def table_of(rows: Iterable[tuple[str, str]]) -> UploadedFile:
    """Return numbers and names as the file that the job reads."""
    lines = ["NIP;Nama", *(f"{number};{name.replace(';', ',')}" for number, name in rows)]
    return SimpleUploadedFile("nip.csv", "\n".join(lines).encode(), content_type="text/csv")


@transaction.atomic
def assign_file(*, by: Any, offering: Offering, upload: UploadedFile) -> Job:
    """Ask for the assignment of everybody in a file; the job's page shows how far it is."""
    require_manager(by)
    require_seating(offering)
    return jobs.enqueue(
        kind=KIND,
        by=by,
        title=_("Penetapan peserta: {title}").format(title=offering.full_title),
        params={"offering": str(offering.pk), "name": upload.name or ""},
        upload=upload,
    )


@transaction.atomic
def assign_text(*, by: Any, offering: Offering, text: str) -> Job:
    """Ask for the assignment of pasted numbers; raises SeatRefused for a text without any."""
    lines = [line.strip() for line in text.replace(",", "\n").replace(";", "\n").splitlines()]
    rows = [(line[:60], "") for line in lines if line]
    if not rows:
        raise SeatRefused(_("Tempel sedikitnya satu NIP."), field="numbers")
    return assign_file(by=by, offering=offering, upload=table_of(rows))


@transaction.atomic
def assign_rule(
    *,
    by: Any,
    offering: Offering,
    unit_ids: Collection[uuid.UUID] = (),
    post_kinds: Collection[str] = (),
    grades: Collection[str] = (),
) -> Job:
    """Ask for the assignment of the agency's active people by unit, kind of post and grade."""
    found = employees.matching(current_tenant().agency_id, unit_ids, post_kinds, grades)
    rows = list(found.values_list("number", "name"))
    if not rows:
        raise SeatRefused(_("Tidak ada pegawai aktif yang cocok dengan aturan ini."))
    return assign_file(by=by, offering=offering, upload=table_of(rows))


def run_assignment(work: jobs.Work) -> None:
    """Seat the people of a file batch by batch; a batch and its checkpoint are one transaction."""
    tenant = current_tenant()
    sheet = sheets.read(
        work.input_path,
        COLUMNS,
        name=str(work.params.get("name", "")),
        most_rows=rules.whole("offering.assign_most_rows", tenant_id=tenant.pk),
    )
    first = _first_rows(sheet.rows)
    at = work.at
    faults: dict[str, str] = dict(at.get("faults", {}))
    counts: dict[str, int] = {"seated": 0, "waiting": 0, **at.get("counts", {})}
    for start in range(int(at.get("row", 0)), len(sheet.rows), BATCH):
        batch = sheet.rows[start : start + BATCH]
        with transaction.atomic():
            _assign_batch(work, batch, first, faults, counts)
            work.checkpoint(
                {"row": start + len(batch), "faults": faults, "counts": counts},
                done=start + len(batch),
                total=len(sheet.rows),
            )
    slug = Offering.objects.values_list("slug", flat=True).get(pk=work.params["offering"])
    if faults:
        sheets.save_returned(
            work.output_path("penetapan-kesalahan.xlsx"),
            sheet,
            {int(number): text for number, text in faults.items()},
        )
    work.finish(
        _summary(counts, len(faults)),
        next_path=reverse("offering_people", args=[slug]),
        next_label=_("Lihat peserta"),
    )


def _first_rows(rows: Sequence[Row]) -> dict[str, int]:
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(nip.clean_number(row.values["number"]), row.number)
    return first


def _assign_batch(
    work: jobs.Work,
    batch: Sequence[Row],
    first: dict[str, int],
    faults: dict[str, str],
    counts: dict[str, int],
) -> None:
    by = work.by
    offering = lock_offering(work.params["offering"])
    require_manager(by)
    require_seating(offering)
    good: list[tuple[Row, str]] = []
    for row in batch:
        number = nip.clean_number(row.values["number"])
        if not number:
            faults[str(row.number)] = _("Bukan NIP atau NI PPPK: harus 18 angka.")
        elif first[number] != row.number:
            faults[str(row.number)] = _("NIP ini sudah ada di baris {row}.").format(
                row=first[number]
            )
        else:
            good.append((row, number))
    matched = match([number for _row, number in good], agency_id=current_tenant().agency_id)
    placed = place(
        offering, list(matched.accounts.values()), source=SeatSource.ASSIGNED, by=by
    )  # fmt: skip
    seated = 0
    for row, number in good:
        account_id = matched.accounts.get(number)
        why = matched.refusals.get(number) or placed.refusals.get(account_id or uuid.UUID(int=0))
        if why:
            faults[str(row.number)] = why
        elif account_id is not None:
            waits = placed.seats[account_id].state == SeatState.WAITING
            counts["waiting" if waits else "seated"] += 1
            seated += 1
    if seated:
        audit.record(
            "seats.assigned", by=by, kind="offering", ref=offering.pk, data={"count": seated}
        )


def _summary(counts: dict[str, int], faults: int) -> list[str]:
    lines = [_("{count} orang mendapat tempat.").format(count=counts["seated"])]
    if counts["waiting"]:
        lines.append(
            _("{count} orang masuk daftar tunggu karena kelas penuh.").format(
                count=counts["waiting"]
            )
        )
    if faults:
        lines.append(
            _(
                "{count} baris tidak diproses. Unduh berkasnya: alasan tiap baris ada di kolom "
                "kesalahan; perbaiki lalu unggah lagi."
            ).format(count=faults)
        )
    return lines
