"""Certificates that were never issued, for previews: an ordinary one and the longest of all."""

import datetime
import uuid
from decimal import Decimal

from shared_apps.recognition import numbering
from shared_apps.recognition.choices import Form
from shared_apps.recognition.models import Certificate, CertificateTemplateVersion
from tenants.models import Tenant

DAY = datetime.date(2026, 11, 22)


def ordinary(tenant: Tenant, version: CertificateTemplateVersion) -> Certificate:
    """Return a certificate as most are."""
    return _certificate(
        tenant,
        version,
        holder_name="Nama Penerima, S.Sos., M.A.P.",
        holder_agency="Kementerian Contoh Republik Indonesia",
        holder_grade="Penata (III/c)",
        holder_post="Analis SDM Aparatur Ahli Muda",
        holder_unit="Biro Sumber Daya Manusia",
        title="Pelatihan Pelayanan Publik yang Ramah",
        jp=Decimal("20.00"),
        batch="Angkatan IV",
        venue=version.place or "Jakarta",
        curriculum=[{"title": f"Materi pokok {n}", "jp": "4.00"} for n in range(1, 6)],
    )


def longest(tenant: Tenant, version: CertificateTemplateVersion) -> Certificate:
    """Return a certificate whose every text is as long as the columns allow."""
    words = "Pertanggungjawabanpelaksanaanpenyelenggaraanpengembangankompetensiberkelanjutan "
    name = "Prof. Dr. Ir. H. Raden Mas Wicaksono Kusumaningtyas Adiwinata Suryanegara "
    return _certificate(
        tenant,
        version,
        holder_name=(name + "Wijayakusumah Mangkunegara, S.H., M.Hum., Ph.D., C.Med.")[:120],
        holder_agency=("Kementerian Koordinator Bidang Pembangunan Manusia " * 5)[:200].strip(),
        holder_grade="Penata Muda Tingkat I (III/b)",
        holder_post=("Pengelola Sistem Informasi Pengembangan Kompetensi " * 4)[:200].strip(),
        holder_unit=("Subdirektorat Perencanaan dan Pengendalian Mutu " * 5)[:200].strip(),
        title=(words + "Aparatur Sipil Negara di Lingkungan Pemerintah Daerah " * 3)[:200].strip(),
        jp=Decimal("1234.75"),
        batch=("Angkatan XXXVIII Gelombang Kedua " * 2)[:60].strip(),
        venue=("Balai Besar Pendidikan dan Pelatihan " * 4)[:120].strip(),
        curriculum=[
            {"title": ("Materi pokok " * 6 + words)[:200], "jp": "61.73"} for _n in range(19)
        ]
        + [{"title": "Penutup", "jp": "61.88"}],
    )


def _certificate(
    tenant: Tenant, version: CertificateTemplateVersion, **columns: object
) -> Certificate:
    number = numbering.example(version.number_pattern, tenant.code)
    values: dict[str, object] = {
        "id": uuid.UUID(int=0),
        "code": "",
        "number": number,
        "year": DAY.year,
        "holder_number": "199001012015031001",
        "holder_number_kind": "pns",
        "form": Form.E_LEARNING,
        "started_on": DAY - datetime.timedelta(days=19),
        "completed_on": DAY,
        "issued_on": DAY,
        "right": 9,
        "total": 10,
        "provider_name": tenant.name,
        "provider_agency": tenant.agency.name,
        "place": version.place,
        "colour": tenant.colour,
        "logo_sha256": tenant.logo_sha256,
    }
    return Certificate(**(values | columns))
