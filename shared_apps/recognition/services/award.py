"""The award: a certificate, a row of the JP ledger and all kept sums, in one transaction."""

import datetime
import uuid as uuids
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.accounts.selectors import Holder
from shared_apps.audit import services as audit
from shared_apps.recognition import codes
from shared_apps.recognition.choices import CapMode, Scope
from shared_apps.recognition.errors import AwardRefused
from shared_apps.recognition.models import (
    Certificate,
    LedgerEntry,
    PersonTotal,
    RecognisedSource,
)
from shared_apps.recognition.services import freezing, kept, totals
from shared_apps.recognition.services.rules import (
    ZERO,
    Amounts,
    Conversion,
    compute,
    conversion,
    truncate,
)
from tenants.models import Tenant


@dataclass(frozen=True)
class Source:
    """What JP are awarded for, and to whom."""

    account_id: uuids.UUID
    tenant_id: int
    kind: str
    uuid: uuids.UUID

    def columns(self) -> dict[str, Any]:
        return {
            "account_id": self.account_id,
            "tenant_id": self.tenant_id,
            "kind": self.kind,
            "uuid": self.uuid,
        }

    def certificate(self) -> Certificate | None:
        """Return the valid certificate of this source."""
        return Certificate.objects.filter(**self.columns(), revoked_at__isnull=True).first()


class _Home(TypedDict):
    """Where a person counts: arguments that `kept` and `totals` share."""

    agency_id: int
    confirmed: bool
    kind: str


@dataclass(frozen=True)
class Claim:
    """The right to add the source's next row: the locked total, the year and the last row."""

    person: PersonTotal
    year: int
    last: LedgerEntry | None


@transaction.atomic
def award(
    *,
    by: Any,
    holder: Holder,
    tenant: Tenant,
    kind: str,
    uuid: uuids.UUID,
    form: str,
    title: str,
    jp_claimed: Decimal,
    started_on: datetime.date,
    completed_at: datetime.datetime,
    right: int,
    total: int,
    curriculum: list[dict[str, str]],
    scope: str = Scope.HOME,
    template_id: uuids.UUID | None = None,
    batch: str = "",
    venue: str = "",
    source_code: str = "",
    points: Decimal | None = None,
) -> Certificate:
    """Recognise a completion and return its certificate.

    Called again for the same source, at any time and in parallel, it returns the same
    certificate and writes nothing. After a revocation it awards anew, in the year in which the
    source counted first. The certificate keeps `holder` as the person stands today; their agency
    and its trust say where the JP count. `curriculum` is `[{"title": text, "jp": "0.40"}]` with
    JP that add up to `jp_claimed`. `template_id` None is the tenant's default template; `batch`
    and `venue` are the class (angkatan) and where it was held; `source_code` is {kode_topik} of
    numbers; `points` says that `total` counts points and not answers. Raises AwardRefused when the
    JP do not add up, or when no rule covers the form.
    """
    source = Source(holder.account_id, tenant.pk, kind, uuid)
    existing = source.certificate()
    if existing is not None:
        return existing
    _check(jp_claimed, curriculum)
    zone = ZoneInfo(tenant.time_zone)
    completed_on = completed_at.astimezone(zone).date()
    home = _Home(agency_id=holder.agency_id, confirmed=holder.is_confirmed, kind=holder.kind)
    claim = _claim(source, completed_on.year, home)
    if isinstance(claim, Certificate):
        return claim
    amounts = record(source, claim, form, scope, title, jp_claimed, holder.agency_id, completed_on)
    issued_at = timezone.now() if claim.last else completed_at
    version = freezing.template_in_force(tenant, template_id)
    certificate = Certificate(
        **source.columns(),
        code=codes.new_code(),
        year=claim.year,
        title=title,
        form=form,
        jp=amounts.printed,
        started_on=started_on,
        completed_on=completed_on,
        issued_at=issued_at,
        issued_on=issued_at.astimezone(zone).date(),
        right=right,
        total=total,
        points=points,
        curriculum=curriculum,
        batch=batch[:60],
        venue=venue[:120],
        **freezing.holder_columns(holder),
        **freezing.provider_columns(tenant, version),
    )
    audit.record(
        "certificate.issued",
        by=by,
        tenant_id=tenant.pk,
        kind="certificate",
        ref=certificate.code,
        data={"jp": str(amounts.printed), "year": claim.year},
    )
    # Last, since all awards of the tenant wait for the counter until this transaction ends.
    certificate.number = freezing.next_number(
        tenant,
        version,
        year=claim.year,
        month=completed_on.month,
        title=title,
        source_code=source_code,
    )
    certificate.save(force_insert=True)
    return certificate


def _check(jp_claimed: Decimal, curriculum: list[dict[str, str]]) -> None:
    """Refuse figures that a certificate cannot print."""
    if jp_claimed <= 0:
        raise AwardRefused(_("JP harus lebih dari nol."))
    if curriculum and sum(Decimal(row["jp"]) for row in curriculum) != truncate(jp_claimed):
        raise AwardRefused(_("Jumlah JP kurikulum tidak sama dengan JP program."))


def _claim(source: Source, year: int, home: _Home) -> Claim | Certificate:
    """Lock the person's total and note the source's one year.

    Returns the certificate instead when somebody else was faster.
    """
    counted = RecognisedSource.objects.filter(**source.columns()).first()
    year = counted.year if counted else year
    person = kept.lock_person(account_id=source.account_id, year=year, **home)
    last = None
    if not _claim_year(source, year):
        # Somebody was faster, or the certificate was revoked: look again, now under the lock.
        existing = source.certificate()
        if existing is not None:
            return existing
        counted = RecognisedSource.objects.get(**source.columns())
        if counted.year != year:
            year = counted.year
            person = kept.lock_person(account_id=source.account_id, year=year, **home)
        last = _last_entry(source, year)
    # The caller may have read the identity just before a confirmation: that one is not undone.
    trusted = person.confirmed and person.agency_id == home["agency_id"]
    totals.settle(
        person,
        agency_id=home["agency_id"],
        confirmed=home["confirmed"] or trusted,
        kind=home["kind"],
    )
    return Claim(person, year, last)


def record(
    source: Source,
    claim: Claim,
    form: str,
    scope: str,
    title: str,
    jp_claimed: Decimal,
    agency_id: int,
    completed_on: datetime.date,
) -> Amounts:
    """Add the ledger's row and raise all sums; return its figures."""
    rule = conversion(form=form, scope=scope, on=completed_on)
    used = _used(rule, source.account_id, claim.year, form, completed_on)
    amounts = compute(rule, jp_claimed, (used,))
    last = claim.last
    LedgerEntry.objects.create(
        **source.columns(),
        year=claim.year,
        revision=last.revision + 1 if last else 0,
        answers=last.id if last else None,
        form=form,
        scope=scope,
        rule_set=rule.rule_set,
        title=title,
        jp_claimed=amounts.claimed,
        jp_computed=amounts.computed,
        jp_printed=amounts.printed,
        jp_credited=amounts.credited,
        cap_reason=amounts.cap_reason,
        agency_id=agency_id,
        completed_on=completed_on,
    )
    change = kept.Change(amounts.credited, amounts.printed, 1)
    kept.apply(claim.person, change, tenant_id=source.tenant_id)
    return amounts


def _claim_year(source: Source, year: int) -> bool:
    """Note the one year in which the source counts; False if one was noted before.

    Waits for a transaction that is noting the same source.
    """
    columns = {"id": uuids.uuid4(), **source.columns(), "year": year}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {RecognisedSource._meta.db_table} ({', '.join(columns)})"
            f" VALUES ({', '.join(['%s'] * len(columns))})"
            " ON CONFLICT (account_id, tenant_id, kind, uuid) DO NOTHING",
            list(columns.values()),
        )
        return bool(cursor.rowcount == 1)


def _last_entry(source: Source, year: int) -> LedgerEntry | None:
    return LedgerEntry.objects.filter(**source.columns(), year=year).order_by("-revision").first()


def _used(
    rule: Conversion, account_id: uuids.UUID, year: int, form: str, day: datetime.date
) -> Decimal:
    """Return the JP of a form already spent on a day; the day of completion bears the cap."""
    if rule.cap_mode == CapMode.OFF:
        return ZERO
    # Home and abroad share a day; a reversal is negative and so frees its share.
    spent = LedgerEntry.objects.filter(
        account_id=account_id, year=year, form=form, completed_on=day
    ).aggregate(jp=Sum("jp_credited"))
    return spent["jp"] or ZERO
