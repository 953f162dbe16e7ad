"""The demo: LAN and three providers with real content, and synthetic people.

Loaded only where DEMO is set; production never has an account with a known password.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from shared_apps.access import services as access
from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.models import Account
from shared_apps.accounts.nip import parse_number
from shared_apps.accounts.services import registration
from tenant_apps.home.demo_administration import furnish
from tenant_apps.home.demo_certificates import add_certificates
from tenant_apps.home.demo_classes import add_classes
from tenant_apps.home.demo_history import learn_topic
from tenant_apps.home.demo_paths import add_path
from tenant_apps.home.demo_questions import load_questions
from tenant_apps.home.demo_staff import UNITS, add_staff
from tenant_apps.learning.errors import PackError
from tenant_apps.learning.services.content import import_folder
from tenant_apps.members.services import identities
from tenant_apps.sittings.services.counting import count_answers
from tenants import looks, provisioning
from tenants.choices import TenantState
from tenants.models import Agency, Tenant
from tenants.schemas import in_tenant

FOLDER = Path(__file__).resolve().parent.parent.parent / "deploy" / "demo"
PASSWORD = "belajar-lintas-2026"


@dataclass(frozen=True)
class DemoTenant:
    """A tenant that the demo opens."""

    code: str
    name: str
    agency: str
    colour: str
    tagline: str
    place: str
    signer_position: str
    oversees: bool = False


@dataclass(frozen=True)
class DemoPerson:
    """A synthetic account; `role` is learner or one of config.roles at `tenant`."""

    name: str
    number: str
    email: str
    agency: str
    role: str = "learner"
    tenant: str = ""
    confirmed: bool = False
    # How many topics of each tenant the person has already completed.
    completed: int = 0


TENANTS = (
    DemoTenant(
        "lan", "LAN ASN Unggul", "lan", "#8a1c2b", "Lembaga Administrasi Negara", "Jakarta",
        "Deputi Penyelenggaraan Pengembangan Kapasitas ASN", oversees=True,
    ),
    DemoTenant(
        "kanreg10", "KMS MASN Kanreg X", "bkn", "#1d4e89",
        "Manajemen ASN dari BKN Kantor Regional X", "Denpasar", "Kepala Kantor Regional X BKN",
    ),
    DemoTenant(
        "wkmb", "WKMB", "kemendikbudristek", "#1f6f54",
        "Belajar bersama di Kemendikbudristek", "Jakarta", "Kepala Pusat Pendidikan dan Pelatihan",
    ),
    DemoTenant(
        "rumahbelajar", "Rumah Belajar", "kemenkumham", "#5b3a86",
        "Belajar dan mencatat keahlian di Kemenkumham", "Jakarta",
        "Kepala Badan Pengembangan Sumber Daya Manusia",
    ),
)  # fmt: skip

PEOPLE = (
    DemoPerson("Ratna Wulandari (demo)", "199003122015042001", "ratna@contoh.test", "kemenkumham"),
    DemoPerson("Bagus Pranoto (demo)", "199511202023211001", "bagus@contoh.test", "bkn"),
    DemoPerson(
        "Made Suarjana (demo)", "198207152006041001", "made@contoh.test", "bkn", "manager",
        "kanreg10",
    ),
    DemoPerson(
        "Komang Ayu (demo)", "199108042016042001", "komang@contoh.test", "bkn", "author",
        "kanreg10",
    ),
    DemoPerson(
        "Siti Rahmawati (demo)", "198005212005012001", "siti@contoh.test", "kemendikbudristek",
        "manager", "wkmb",
    ),
    DemoPerson(
        "Yohanes Tanu (demo)", "197911302004121001", "yohanes@contoh.test", "kemenkumham",
        "manager", "rumahbelajar",
    ),
    DemoPerson(
        "Lestari Handayani (demo)", "197602142001122001", "lestari@contoh.test", "lan", "overseer",
        "lan",
    ),
    DemoPerson(
        "Andi Saputra (demo)", "198803172011011001", "andi@contoh.test", "kemenkumham",
        confirmed=True, completed=4,
    ),
    DemoPerson(
        "Dewi Kartika (demo)", "199306092018012001", "dewi@contoh.test", "kemenkumham",
        completed=1,
    ),
    DemoPerson(
        "Fajar Nugroho (demo)", "198512242010011001", "fajar@contoh.test", "bkn",
        confirmed=True, completed=3,
    ),
    DemoPerson(
        "Putri Anggraini (demo)", "199702182020122001", "putri@contoh.test", "kemendikbudristek",
        confirmed=True, completed=2,
    ),
)  # fmt: skip


def load(say: Callable[[str], None]) -> None:
    """Load what is missing of the demo; a second call changes nothing."""
    tenants = {row.code: _open(row, say) for row in TENANTS}
    for code, tenant in tenants.items():
        folder = FOLDER / code
        if any(folder.glob("*/topic.md")):
            _import(tenant, folder, say)
        if add_certificates(tenant):
            say(f"Demo: {code}: a certificate template and earlier certificates")
    missing = [row for row in PEOPLE if accounts.account_by_email(row.email) is None]
    for row in missing:
        _add_person(row, tenants)
        say(f"Demo: account {row.email} ({row.role})")
    with in_tenant(tenants["kanreg10"]):
        if load_questions(accounts.account_by_email("komang@contoh.test")):
            say("Demo: kanreg10: one question of each kind")
        count_answers()
    for code in UNITS:
        staff = add_staff(code, _staff_names(code), by=None)
        if staff:
            say(f"Demo: {code}: {staff} employees")
    _add_path(tenants["kanreg10"], say)
    manager = accounts.account_by_email("made@contoh.test")
    if furnish(tenants["kanreg10"], manager):
        say("Demo: kanreg10: profile, structure and an announcement")
    with in_tenant(tenants["kanreg10"]):
        if add_classes(manager, ["ratna@contoh.test", "bagus@contoh.test", "putri@contoh.test"]):
            say("Demo: kanreg10: two classes")


def _staff_names(agency: str) -> dict[str, str]:
    """Return the demo's people of an agency; one name differs, for the queue to show it."""
    spelt = {"Dewi Kartika (demo)": "Dewi Kartikasari (demo)"}
    return {row.number: spelt.get(row.name, row.name) for row in PEOPLE if row.agency == agency}


def _open(row: DemoTenant, say: Callable[[str], None]) -> Tenant:
    tenant = Tenant.objects.filter(code=row.code).exclude(state=TenantState.OPENING).first()
    if tenant is None:
        tenant = provisioning.open_tenant(
            code=row.code,
            name=row.name,
            agency=Agency.objects.get(code=row.agency),
            domain=f"{row.code}.{settings.BASE_DOMAIN}",
            oversees=row.oversees,
            tagline=row.tagline,
            colour=row.colour,
            place=row.place,
            signer_name="Pejabat Penanda Tangan (demo)",
            signer_position=row.signer_position,
        )
        say(f"Demo: tenant {row.code} opened")
    logo = FOLDER / row.code / "logo.png"
    if logo.exists() and not (tenant.logo_sha256 and looks.logo_path(tenant.logo_sha256).exists()):
        looks.store_logo(tenant, logo)
    return tenant


def _import(tenant: Tenant, folder: Path, say: Callable[[str], None]) -> None:
    with in_tenant(tenant):
        try:
            changed = import_folder(folder=folder, by=None)[1]
        except PackError as refusal:
            # Somebody tries the editor out on a topic whose pack has changed: theirs stays.
            say(f"Demo: {tenant.code}: {refusal}")
        else:
            if changed:
                say(f"Demo: {tenant.code}: {changed} topic(s) loaded")


def _add_path(tenant: Tenant, say: Callable[[str], None]) -> None:
    manager = next(row for row in PEOPLE if row.role == "manager" and row.tenant == tenant.code)
    with in_tenant(tenant):
        if add_path(accounts.account_by_email(manager.email)):
            say(f"Demo: {tenant.code}: learning path added")


@transaction.atomic
def _add_person(row: DemoPerson, tenants: dict[str, Tenant]) -> None:
    account = registration.register(
        name=row.name,
        email=row.email,
        number=parse_number(row.number),
        agency_id=Agency.objects.get(code=row.agency).pk,
        password=PASSWORD,
    )
    if row.role != "learner":
        access.grant_role(account=account, tenant=tenants[row.tenant], role=row.role, by=None)
    if row.confirmed:
        _confirm(account, row.agency, tenants)
    for code, tenant in tenants.items():
        if not row.completed or code == "lan":
            continue
        with in_tenant(tenant):
            for number in range(row.completed):
                learn_topic(account, number)


def _confirm(account: Account, agency: str, tenants: dict[str, Tenant]) -> None:
    """Let the manager of the agency's own tenant confirm the person, as in the queue."""
    tenant = next(row for row in tenants.values() if row.agency.code == agency)
    manager = next(row for row in PEOPLE if row.role == "manager" and row.tenant == tenant.code)
    with in_tenant(tenant):
        identities.confirm(by=accounts.account_by_email(manager.email), account_id=account.pk)


def listing() -> Iterator[tuple[DemoPerson, Account]]:
    """Yield the demo people that exist, with their accounts."""
    for row in PEOPLE:
        account = accounts.account_by_email(row.email)
        if account is not None:
            yield row, account
