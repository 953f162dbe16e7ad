"""Certificates of a whole class: issuing, issuing again, and all of them as one file."""

import datetime
import uuid as uuids
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared_apps.accounts import selectors as accounts
from shared_apps.audit import services as audit
from shared_apps.jobs import services as jobs
from shared_apps.jobs.models import Job
from shared_apps.recognition.choices import Scope
from shared_apps.recognition.errors import ReissueRefused
from shared_apps.recognition.models import Certificate
from shared_apps.recognition.services import certificates
from shared_apps.recognition.services.award import award
from shared_apps.recognition.services.reissue import Correction, reissue
from tenants.schemas import current_tenant
from toolkit import pdf_pages, xlsx
from toolkit.errors import DomainError

ISSUE, REISSUE, BUNDLE = "certificates.issue", "certificates.reissue", "certificates.bundle"
#: Rows of one job; more are asked for in parts.
MOST = 5_000
#: Certificates in one merged PDF, which is made in memory.
MOST_MERGED = 500


@dataclass(frozen=True)
class Order:
    """One certificate to issue: what `award` needs besides the holder, who is read as issued."""

    account_id: uuids.UUID
    kind: str
    uuid: uuids.UUID
    form: str
    title: str
    jp_claimed: Decimal
    started_on: datetime.date
    completed_at: datetime.datetime
    right: int = 0
    total: int = 0
    curriculum: list[dict[str, str]] = field(default_factory=list)
    scope: str = Scope.HOME
    template_id: uuids.UUID | None = None
    batch: str = ""
    venue: str = ""
    source_code: str = ""


@dataclass(frozen=True)
class Selection:
    """Which valid certificates of the open tenant are meant; empty parts do not narrow."""

    source: str = ""
    batch: str = ""
    year: int = 0

    def rows(self) -> QuerySet[Certificate]:
        """Return them in the order of their numbers' making."""
        rows = Certificate.objects.filter(tenant=current_tenant(), revoked_at__isnull=True)
        if self.source:
            rows = rows.filter(uuid=self.source)
        if self.batch:
            rows = rows.filter(batch=self.batch)
        if self.year:
            rows = rows.filter(year=self.year)
        return rows.order_by("issued_at", "pk")


def issue_many(*, orders: Iterable[Order], by: Any) -> dict[int, str]:
    """Issue certificates, each row for itself; return what was refused, by its place from 0.

    Repeating it changes nothing: who has a certificate of the source keeps it.
    """
    wanted = list(orders)
    tenant = current_tenant()
    holders = accounts.holders({order.account_id for order in wanted})
    refused: dict[int, str] = {}
    for place, order in enumerate(wanted):
        holder = holders.get(order.account_id)
        if holder is None:
            refused[place] = _("Akun tidak ditemukan.")
            continue
        values = {key: value for key, value in vars(order).items() if key != "account_id"}
        try:
            award(by=by, holder=holder, tenant=tenant, **values)
        except DomainError as refusal:
            refused[place] = str(refusal)
    return refused


def issue_later(*, orders: Iterable[Order], title: str, key: str, by: Any) -> Job:
    """Ask for a job that issues certificates; the same key gives the same job."""
    rows = [_plain(order) for order in orders]
    if len(rows) > MOST:
        raise ReissueRefused(_("Paling banyak {n} sertifikat sekali jalan.").format(n=MOST))
    return jobs.enqueue(kind=ISSUE, by=by, title=title, params={"orders": rows}, key=key)


def _plain(order: Order) -> dict[str, Any]:
    row = asdict(order)
    for name, value in row.items():
        if isinstance(value, uuids.UUID | Decimal):
            row[name] = str(value)
        elif isinstance(value, datetime.date):
            row[name] = value.isoformat()
    return row


def _order(row: dict[str, Any]) -> Order:
    return Order(
        **{
            **row,
            "account_id": uuids.UUID(row["account_id"]),
            "uuid": uuids.UUID(row["uuid"]),
            "jp_claimed": Decimal(row["jp_claimed"]),
            "started_on": datetime.date.fromisoformat(row["started_on"]),
            "completed_at": datetime.datetime.fromisoformat(row["completed_at"]),
            "template_id": uuids.UUID(row["template_id"]) if row["template_id"] else None,
        }
    )


def run_issue(work: jobs.Work) -> None:
    """Issue one certificate after the other; each and its checkpoint are one transaction."""
    orders = [_order(row) for row in work.params["orders"]]
    start, refused = work.at.get("next", 0), dict(work.at.get("refused", {}))
    for place in range(start, len(orders)):
        with transaction.atomic():
            for fault in issue_many(orders=[orders[place]], by=work.by).values():
                refused[str(place)] = fault
            at = {"next": place + 1, "refused": refused}
            work.checkpoint(at, done=place + 1, total=len(orders))
    good = len(orders) - len(refused)
    summary = [_issued(good)]
    if refused:
        summary.append(_refused(len(refused)))
        names = accounts.holders({orders[int(place)].account_id for place in refused})
        xlsx.save(
            work.output_path("tidak-terbit.xlsx"),
            [_("Nama"), _("Program"), "kesalahan"],
            (
                [
                    names[order.account_id].name if order.account_id in names else "",
                    order.title,
                    refused[str(place)],
                ]
                for place, order in enumerate(orders)
                if str(place) in refused
            ),
        )
    _finish(work, summary)


def _issued(count: int) -> str:
    return ngettext("{n} sertifikat tersedia.", "{n} sertifikat tersedia.", count).format(n=count)


def _refused(count: int) -> str:
    return ngettext(
        "{n} baris ditolak; alasannya ada di berkas hasil.",
        "{n} baris ditolak; alasannya ada di berkas hasil.",
        count,
    ).format(n=count)


def _finish(work: jobs.Work, summary: list[str]) -> None:
    work.finish(summary, next_path=reverse("certificates"), next_label=str(_("Daftar sertifikat")))


def reissue_later(
    *, selection: Selection, reason: str, template_id: uuids.UUID | None, by: Any, key: str
) -> Job:
    """Ask for a job that issues all of a selection again with the names and the look of today."""
    reason = certificates.checked_reason(reason, ReissueRefused)
    return jobs.enqueue(
        kind=REISSUE,
        by=by,
        title=_("Terbitkan ulang sertifikat"),
        params={
            "selection": asdict(selection),
            "reason": reason,
            "template": str(template_id) if template_id else "",
            # Those that this very job makes are not issued again when it goes on after a crash.
            "before": timezone.now().isoformat(),
        },
        key=key,
    )


def run_reissue(work: jobs.Work) -> None:
    """Issue one after the other again; what was replaced is revoked, so it is not met again."""
    params, tenant = work.params, current_tenant()
    before = datetime.datetime.fromisoformat(params["before"])
    template = uuids.UUID(params["template"]) if params["template"] else None
    rows = Selection(**params["selection"]).rows().filter(issued_at__lt=before)
    done = work.at.get("done", 0)
    waiting = list(rows.values_list("pk", "account_id")[:MOST])
    total = done + len(waiting)
    holders = accounts.holders({account for _pk, account in waiting})
    for pk, account in waiting:
        holder = holders.get(account)
        correction = Correction(
            holder_name=holder.name if holder else None,
            holder_agency=holder.agency_name or None if holder else None,
        )
        with transaction.atomic():
            reissue(
                certificate_id=pk, tenant=tenant, correction=correction, reason=params["reason"],
                template_id=template, by=work.by,
            )  # fmt: skip
            done += 1
            work.checkpoint({"done": done}, done=done, total=total)
    _finish(work, [_issued(done)])


def bundle_later(*, selection: Selection, merged: bool, by: Any) -> Job:
    """Ask for a job that puts the PDFs of a selection into one file."""
    return jobs.enqueue(
        kind=BUNDLE,
        by=by,
        title=_("Unduh sertifikat"),
        params={"selection": asdict(selection), "merged": merged},
    )


def run_bundle(work: jobs.Work) -> None:
    """Draw every PDF, note its hash, and write the ZIP (exact files) or the merged PDF (to print).

    After a crash it begins anew: the same PDFs have the same hashes.
    """
    merged = bool(work.params["merged"])
    rows = Selection(**work.params["selection"]).rows().select_related("template_version")
    most = MOST_MERGED if merged else MOST
    found = list(rows[: most + 1])
    if len(found) > most:
        raise ReissueRefused(
            _("Paling banyak {n} sertifikat dalam satu berkas. Persempit pilihannya.").format(
                n=most
            )
        )
    if not found:
        raise ReissueRefused(_("Tidak ada sertifikat yang berlaku dalam pilihan ini."))
    path = work.output_path("sertifikat.pdf" if merged else "sertifikat.zip")
    if merged:
        _merge(work, found, path)
    else:
        _zip(work, found, path)
    tenant = current_tenant()
    audit.record(
        "certificate.bundled", by=work.by, tenant_id=tenant.pk, kind="job", ref=work.job.pk,
        data={"count": len(found)},
    )  # fmt: skip
    _finish(work, [_issued(len(found))])


def _drawn(work: jobs.Work, found: list[Certificate]) -> Iterable[tuple[Certificate, bytes]]:
    for place, certificate in enumerate(found, start=1):
        yield certificate, certificates.hand_out(certificate=certificate, by=work.by, quiet=True)
        work.progress(place, len(found))


def _zip(work: jobs.Work, found: list[Certificate], path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for certificate, data in _drawn(work, found):
            archive.writestr(f"{certificates.file_name(certificate)}.pdf", data)


def _merge(work: jobs.Work, found: list[Certificate], path: Path) -> None:
    pdf_pages.merge((data for _certificate, data in _drawn(work, found)), path)
