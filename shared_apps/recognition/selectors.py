"""Reads of this app: totals of a person, an agency and a tenant, and certificates."""

import datetime
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from shared_apps.accounts.choices import EmploymentKind
from shared_apps.recognition import codes
from shared_apps.recognition.choices import Form
from shared_apps.recognition.models import (
    AgencyTotal,
    Certificate,
    CertificateTemplate,
    CertificateTemplateVersion,
    LedgerEntry,
    LegacyCertificate,
    PersonTotal,
    Rendition,
    TenantTotal,
)
from shared_apps.recognition.services import kept
from shared_apps.rules import selectors as rules
from tenants.models import Tenant

ZERO = Decimal("0.00")
#: Earlier certificates that one code may lead to.
MOST_MATCHES = 20


@dataclass(frozen=True)
class PersonYear:
    """One person's year: JP, certificates, and how far the target is.

    `target` is None without a duty; `met` is None where nobody can be in breach (no duty, or a
    PPPK below the target); `left` is never negative.
    """

    jp_credited: Decimal
    jp_printed: Decimal
    certificates: int
    target: Decimal | None
    left: Decimal
    met: bool | None


@dataclass(frozen=True)
class Impact:
    """What one tenant gave since it opened; `saving_rupiah` is printed JP × tariff."""

    people: int
    certificates: int
    jp: Decimal
    saving_rupiah: int
    tariff_rupiah: int


@dataclass(frozen=True)
class Figures:
    """Sums over some people of an agency in a year."""

    learners: int = 0
    met: int = 0
    certificates: int = 0
    jp_credited: Decimal = ZERO


@dataclass(frozen=True)
class AgencyYear:
    """One agency's year; people it has confirmed and people who only declare it, apart."""

    agency_id: int
    declared: Figures = Figures()
    confirmed: Figures = Figures()


def pictures_in_use() -> set[str]:
    """Return the SHA-256 of every picture that some version of a template prints."""
    found: set[str] = set()
    rows = CertificateTemplateVersion.objects.values_list("background_sha256", "logos")
    for background, logos in rows:
        found |= {background, *map(str, logos)}
    return found


def person_year(account_id: uuid.UUID, year: int, *, kind: str | None = None) -> PersonYear:
    """Return a person's kept figures of a year, in one query.

    `kind` (pns, pppk) is the person's kind of employment today; left out, the kept one counts.
    """
    row = PersonTotal.objects.filter(account_id=account_id, period_start__year=year).first()
    total = row or PersonTotal()
    kind = total.kind if kind is None else kind
    target = kept.target_of(kind, year)
    reached = target is not None and total.jp_credited >= target
    return PersonYear(
        jp_credited=Decimal(total.jp_credited),
        jp_printed=Decimal(total.jp_printed),
        certificates=total.certificates,
        target=target,
        left=max(ZERO, target - total.jp_credited) if target is not None else ZERO,
        met=reached if reached or (kind == EmploymentKind.PNS and target is not None) else None,
    )


def credited_in_year(account_ids: Iterable[uuid.UUID], year: int) -> dict[uuid.UUID, Decimal]:
    """Return the credited JP of several people in a year, in one query; without any, left out."""
    rows = PersonTotal.objects.filter(account_id__in=list(account_ids), period_start__year=year)
    return dict(rows.values_list("account_id", "jp_credited"))


def certificates_of(account_id: uuid.UUID) -> QuerySet[Certificate]:
    """Return a person's certificates, newest first, revoked ones too.

    One that a corrected certificate has replaced is left out.
    """
    return Certificate.objects.filter(account_id=account_id, replacement__isnull=True).order_by(
        "-issued_at"
    )


def certificate_by_code(code: str) -> Certificate | None:
    """Return the certificate with a code as a person may type it; None if there is none."""
    normal = codes.normalise_code(code)
    if not normal:
        return None
    found = Certificate.objects.select_related("template_version", "replaces", "replacement")
    return found.filter(code=normal).first()


def earlier_certificates(text: str) -> list[LegacyCertificate]:
    """Return the certificates from before Lintas with a code or number, of any provider.

    Blanks, hyphens, slashes and case do not matter.
    """
    key = codes.fold(text)
    if not key:
        return []
    rows = LegacyCertificate.objects.filter(Q(code_key=key) | Q(number_key=key))
    return list(rows.order_by("provider_name", "code")[:MOST_MATCHES])


def templates_of(tenant: Tenant) -> list[CertificateTemplate]:
    """Return the templates that a tenant's certificates may be issued with, default first.

    An empty list, or none of them as default, means the built-in look.
    """
    rows = CertificateTemplate.objects.filter(tenant=tenant, archived_at__isnull=True)
    return list(rows.order_by("-is_default", "name"))


def first_usable(tenant: Tenant, wanted: Iterable[uuid.UUID | None]) -> uuid.UUID | None:
    """Return the first of some templates that the tenant still offers; None for the default one.

    No query where nothing is wanted.
    """
    ids = [template_id for template_id in wanted if template_id is not None]
    if not ids:
        return None
    offered = CertificateTemplate.objects.filter(
        tenant=tenant, archived_at__isnull=True, pk__in=ids
    )
    usable = set(offered.values_list("pk", flat=True))
    return next((template_id for template_id in ids if template_id in usable), None)


def template_names(tenant: Tenant) -> dict[uuid.UUID, str]:
    """Return the names of all templates of a tenant, archived ones too."""
    return dict(CertificateTemplate.objects.filter(tenant=tenant).values_list("pk", "name"))


def certificate_for(
    tenant_id: int, account_id: uuid.UUID, kind: str, uuid: uuid.UUID
) -> Certificate | None:
    """Return a person's valid certificate of one source, else the newest revoked one."""
    return (
        Certificate.objects.filter(account_id=account_id, tenant_id=tenant_id, kind=kind, uuid=uuid)
        .order_by(F("revoked_at").desc(nulls_first=True))
        .first()
    )


def printed_jp(certificate_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """Return the JP printed on each of some certificates, in one query."""
    found = Certificate.objects.filter(pk__in=certificate_ids)
    return dict(found.values_list("pk", "jp"))


def rendition_by_hash(sha256: str) -> Rendition | None:
    """Return the PDF with this hash that was handed out, with its certificate."""
    return Rendition.objects.select_related("certificate").filter(sha256=sha256).first()


def renditions_of(certificate_id: uuid.UUID) -> list[Rendition]:
    """Return the PDFs of a certificate that were handed out, newest first."""
    return list(Rendition.objects.filter(certificate_id=certificate_id).order_by("-made_at"))


def tenant_impact(tenant_id: int) -> Impact:
    """Return what a tenant gave, from kept sums: one query."""
    sums = TenantTotal.objects.filter(tenant_id=tenant_id).aggregate(
        people=Sum("people"), certificates=Sum("certificates"), jp=Sum("jp_printed")
    )
    jp = sums["jp"] or ZERO
    tariff = rules.whole("jp.tariff_rupiah", tenant_id=tenant_id)
    return Impact(
        people=sums["people"] or 0,
        certificates=sums["certificates"] or 0,
        jp=jp,
        saving_rupiah=int(jp * tariff),
        tariff_rupiah=tariff,
    )


def agency_year_table(year: int) -> list[AgencyYear]:
    """Return the year of every agency with a recognised hour: one query."""
    rows = (
        AgencyTotal.objects.filter(year=year)
        .values("agency_id", "confirmed")
        .annotate(
            sum_learners=Sum("learners"),
            sum_met=Sum("met"),
            sum_certificates=Sum("certificates"),
            sum_credited=Sum("jp_credited"),
        )
        .order_by("agency_id")
    )
    found: dict[int, dict[str, Figures]] = {}
    for row in rows:
        agency = found.setdefault(row["agency_id"], {})
        agency["confirmed" if row["confirmed"] else "declared"] = Figures(
            learners=row["sum_learners"],
            met=row["sum_met"],
            certificates=row["sum_certificates"],
            jp_credited=row["sum_credited"],
        )
    return [AgencyYear(agency_id, **figures) for agency_id, figures in found.items()]


@dataclass(frozen=True)
class LedgerLine:
    """One row of the ledger as its person reads it; `reversal` takes JP back."""

    title: str
    tenant_name: str
    form: str
    completed_on: datetime.date
    jp_credited: Decimal
    jp_computed: Decimal
    cap_reason: str
    reversal: bool


def ledger_of(account_id: uuid.UUID, year: int) -> list[LedgerLine]:
    """Return a person's ledger rows of a year in order of recording: one query, one partition."""
    rows = (
        LedgerEntry.objects.filter(account_id=account_id, year=year)
        .order_by("recorded_at", "revision")
        .values_list(
            "title",
            "tenant__name",
            "form",
            "completed_on",
            "jp_credited",
            "jp_computed",
            "cap_reason",
            "revision",
        )
    )
    labels = dict(Form.choices)
    return [
        LedgerLine(
            title=title,
            tenant_name=tenant_name,
            form=str(labels.get(form, form)),
            completed_on=completed_on,
            jp_credited=credited,
            jp_computed=computed,
            cap_reason=cap_reason,
            # An odd revision takes back what the even one before it gave.
            reversal=revision % 2 == 1,
        )
        for (
            title,
            tenant_name,
            form,
            completed_on,
            credited,
            computed,
            cap_reason,
            revision,
        ) in rows
    ]
