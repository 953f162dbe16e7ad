"""A training unit of the demo at work: who it is, its structure, what it announces."""

from typing import Any

from tenant_apps.administration.choices import Audience, CorpuRole
from tenant_apps.administration.models import Academy, Seat
from tenant_apps.administration.services import announcements, profile, structure
from tenants.models import Tenant
from tenants.schemas import in_tenant
from tenants.selectors import today_at

DESCRIPTION = """\
Kami menyelenggarakan pengembangan kompetensi **manajemen ASN** untuk Bali, NTB, dan NTT.

- Materi mandiri yang dapat dipelajari kapan saja
- Kelas tatap muka di Denpasar
- Pendampingan unit kepegawaian instansi
"""
SEATS = (
    (CorpuRole.DIRECTOR, "", "Ni Luh Sukerti (demo)", "Kepala Kantor Regional X"),
    (CorpuRole.CHAIR, "", "Gede Wirawan (demo)", "Kepala Bidang Pengembangan"),
    (CorpuRole.VICE_CHAIR, "Manajerial", "Putu Astiti (demo)", "Analis Kepegawaian Madya"),
    (CorpuRole.VICE_CHAIR, "Teknis", "Wayan Sudana (demo)", "Widyaiswara Ahli Madya"),
    (CorpuRole.CHIEF_OF_LEARNING, "", "Kadek Ratih (demo)", "Widyaiswara Ahli Utama"),
)
ACADEMIES = (
    ("Akademi Kepegawaian", "Cuti, disiplin, kenaikan pangkat, dan pensiun.", "Nyoman Adi (demo)"),
    ("Akademi Talenta", "Manajemen talenta dan pengelolaan kinerja.", "Ketut Sari (demo)"),
)
NEWS = """\
Kelas tatap muka **Manajemen Talenta** dibuka bulan depan di Denpasar.

Selesaikan dahulu topik mandirinya agar kelasnya dapat langsung membahas kasus Anda.
"""


def furnish(tenant: Tenant, manager: Any) -> bool:
    """Fill in what the training unit would; a tenant that has a description is left alone."""
    tenant.refresh_from_db()
    if tenant.description:
        return False
    with in_tenant(tenant):
        values = {name: getattr(tenant, name) for name in profile.FIELDS}
        contacts = {
            "description": DESCRIPTION,
            "address": "Jalan Contoh 10\nDenpasar",
            "phone": "0361 000000",
            "email": "diklat@contoh.test",
            "time_zone": "Asia/Makassar",
        }
        for number, (role, field, name, position) in enumerate(SEATS, start=1):
            seat = {"role": role, "label": "", "field": field, "order": number}
            person = {"name": name, "login": "", "position": position}
            structure.save_seat(by=manager, seat=Seat(), values={**seat, **person})
        for number, (title, words, name) in enumerate(ACADEMIES, start=1):
            academy = {"title": title, "description": words, "order": number}
            person = {"name": name, "login": "", "position": ""}
            structure.save_academy(by=manager, academy=Academy(), values={**academy, **person})
        announcements.write(
            by=manager,
            values={
                "title": "Kelas Manajemen Talenta dibuka",
                "text": NEWS,
                "audience": Audience.PUBLIC,
                "topic": None,
                "starts_on": today_at(tenant),
                "ends_on": None,
                "pinned": True,
            },
        )
        profile.save_profile(by=manager, values={**values, **contacts})
    return True
