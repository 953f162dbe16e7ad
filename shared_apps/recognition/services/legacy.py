"""Earlier certificates: read from a table, checked row by row, kept so that they verify."""

import datetime
import re
import unicodedata
import uuid
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.accounts.nip import clean_number
from shared_apps.audit import services as audit
from shared_apps.recognition import codes
from shared_apps.recognition.errors import LegacyRefused
from shared_apps.recognition.models import LegacyCertificate
from shared_apps.recognition.services.certificates import checked_reason
from tenants.models import Tenant
from toolkit import sheets

MOST_ROWS = 50_000
BATCH = 500
COLUMNS = (
    sheets.Column("kode", gettext_lazy("Kode"), required=True, also=("code",),
                  help=gettext_lazy("Kode atau nomor unik yang tercetak pada sertifikat.")),
    sheets.Column("nomor", gettext_lazy("Nomor"), also=("number",)),
    sheets.Column("nama", gettext_lazy("Nama"), required=True, also=("name",)),
    sheets.Column("nip", "NIP", help=gettext_lazy("18 angka; boleh kosong.")),
    sheets.Column("program", gettext_lazy("Program"), required=True, also=("programme",)),
    sheets.Column("jp", "JP", help=gettext_lazy("Misalnya 20 atau 2,5; boleh kosong.")),
    sheets.Column("mulai", gettext_lazy("Mulai"), also=("start",),
                  help=gettext_lazy("Tanggal, misalnya 2019-03-31 atau 31/03/2019.")),
    sheets.Column("selesai", gettext_lazy("Selesai"), required=True, also=("end",)),
    sheets.Column("penanda_tangan", gettext_lazy("Penanda tangan"), also=("signer",)),
)  # fmt: skip
EXAMPLE = ["ABC-2019/001", "893.3/001/2019", "Nama Peserta", "", "Pelatihan Dasar", "20",
           "2019-03-18", "2019-03-31", "Kepala Badan"]  # fmt: skip
_LENGTHS = {"kode": 120, "nomor": 120, "nama": 120, "program": 200, "penanda_tangan": 200}
_FIELDS = ("number", "holder_name", "holder_number", "title", "jp", "started_on", "completed_on",
           "signer")  # fmt: skip


@dataclass
class Outcome:
    """How the rows of one file ended, and what is wrong with the faulty ones by row number."""

    new: int = 0
    known: int = 0
    changed: int = 0
    faults: dict[int, str] = field(default_factory=dict)


def normal_code(text: str) -> str:
    """Return a code as it is kept: composed letters, single blanks, upper case."""
    return " ".join(unicodedata.normalize("NFKC", text).upper().split())


def parse(row: sheets.Row) -> dict[str, Any]:
    """Return the columns of one row; raises LegacyRefused with all that is wrong with it."""
    faults: list[str] = []
    values = {key: " ".join(text.split()) for key, text in row.values.items()}
    for key, label in (("kode", _("Kode")), ("nama", _("Nama")), ("program", _("Program"))):
        if not values.get(key):
            faults.append(_("{column} kosong.").format(column=label))
    for key, most in _LENGTHS.items():
        if len(values.get(key, "")) > most:
            faults.append(
                _("{column} lebih dari {n} huruf.").format(column=key.replace("_", " "), n=most)
            )
    code = values.get("kode", "")
    if code and not codes.fold(code):
        faults.append(_("Kode harus memuat huruf atau angka."))
    number = values.get("nip", "")
    digits = clean_number(number) if number else ""
    if number and not digits:
        faults.append(_("NIP harus 18 angka."))
    found: dict[str, Any] = {
        "code": normal_code(code),
        "number": values.get("nomor", ""),
        "holder_name": values.get("nama", ""),
        "holder_number": digits or "",
        "title": values.get("program", ""),
        "jp": _jp(values.get("jp", ""), faults),
        "started_on": _day(values.get("mulai", ""), faults),
        "completed_on": _day(values.get("selesai", ""), faults, required=True),
        "signer": values.get("penanda_tangan", ""),
    }
    start, end = found["started_on"], found["completed_on"]
    if start and end and start > end:
        faults.append(_("Tanggal mulai sesudah tanggal selesai."))
    if faults:
        raise LegacyRefused(" ".join(faults))
    return found


def _jp(text: str, faults: list[str]) -> Decimal | None:
    if not text:
        return None
    try:
        jp = Decimal(text.replace(",", "."))
        if not jp.is_finite() or not 0 < jp < 100_000 or jp != jp.quantize(Decimal("0.01")):
            raise InvalidOperation
    except InvalidOperation:
        faults.append(_("JP harus angka lebih dari nol, paling banyak dua desimal."))
        return None
    return jp.quantize(Decimal("0.01"))


def _day(text: str, faults: list[str], *, required: bool = False) -> datetime.date | None:
    if not text:
        if required:
            faults.append(_("Tanggal selesai kosong."))
        return None
    parts = [int(part) for part in re.findall(r"\d+", text.split(" ")[0])]
    try:
        if len(parts) != 3:
            raise ValueError(text)
        year, month, day = parts if parts[0] > 31 else reversed(parts)
        found = datetime.date(year, month, day)
        if found.year < 1945 or found > timezone.localdate():
            raise ValueError(text)
    except ValueError:
        faults.append(_("{text} bukan tanggal yang mungkin.").format(text=text[:30]))
        return None
    return found


@transaction.atomic
def store(
    rows: list[sheets.Row],
    *,
    tenant: Tenant,
    by: Any,
    outcome: Outcome,
    seen: dict[str, int],
    update: bool,
    dry: bool,
) -> None:
    """Check some rows and, unless `dry`, keep the good ones; adds to `outcome`.

    Each row stands for itself. The same row again changes nothing; a known code with other data
    is a fault unless `update`. `seen` holds the codes of the file with their row.
    """
    good: dict[str, tuple[int, dict[str, Any]]] = {}
    for row in rows:
        try:
            found = parse(row)
        except LegacyRefused as refusal:
            outcome.faults[row.number] = str(refusal)
            continue
        first = seen.setdefault(found["code"], row.number)
        if first != row.number:
            outcome.faults[row.number] = _("Kode sama dengan baris {n}.").format(n=first)
            continue
        good[found["code"]] = (row.number, found)
    known = {
        each.code: each
        for each in LegacyCertificate.objects.filter(tenant=tenant, code__in=list(good))
    }
    fresh, changed = [], []
    for code, (number, found) in good.items():
        old = known.get(code)
        if old is None:
            fresh.append(_row(found, tenant, by))
        elif all(getattr(old, name) == found[name] for name in _FIELDS):
            outcome.known += 1
        elif not update:
            outcome.faults[number] = _("Kode ini sudah ada dengan data lain.")
        else:
            for name in _FIELDS:
                setattr(old, name, found[name])
            old.number_key = codes.fold(old.number)
            changed.append(old)
    outcome.new += len(fresh)
    outcome.changed += len(changed)
    if not dry:
        LegacyCertificate.objects.bulk_create(fresh, ignore_conflicts=True)
        LegacyCertificate.objects.bulk_update(changed, [*_FIELDS, "number_key"])


def _row(found: dict[str, Any], tenant: Tenant, by: Any) -> LegacyCertificate:
    return LegacyCertificate(
        tenant=tenant,
        code_key=codes.fold(found["code"]),
        number_key=codes.fold(found["number"]),
        provider_name=tenant.name,
        added_by=by,
        **found,
    )


@transaction.atomic
def withdraw(*, certificate_id: uuid.UUID, tenant: Tenant, reason: str, by: Any) -> None:
    """Mark an earlier certificate as withdrawn; it stays and says so when it is checked."""
    reason = checked_reason(reason, LegacyRefused)
    found = (
        LegacyCertificate.objects.select_for_update()
        .filter(pk=certificate_id, tenant=tenant)
        .first()
    )
    if found is None:
        raise LegacyRefused(_("Tidak ada sertifikat itu."))
    if found.withdrawn_at is not None:
        return
    found.withdrawn_at, found.withdrawn_reason = timezone.now(), reason
    found.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    audit.record(
        "earlier_certificate.withdrawn",
        by=by,
        tenant_id=tenant.pk,
        kind="earlier_certificate",
        ref=found.code,
        data={"reason": reason},
    )
