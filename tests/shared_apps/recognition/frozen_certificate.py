"""A certificate as it stands in memory, the same in every process; needs no database."""

import datetime
import hashlib
import uuid
from decimal import Decimal
from typing import Any


def certificate(**changes: Any) -> Any:
    """Return an unsaved certificate; `changes` are its other columns."""
    from shared_apps.recognition.models import Certificate

    values: dict[str, Any] = {
        "id": uuid.UUID(int=7),
        "code": "7KQ2-M9XD-40RT",
        "number": "000123/KANREG10/2026",
        "year": 2026,
        "holder_name": "Ayu Lestari",
        "holder_number": "198503152010012003",
        "holder_number_kind": "pns",
        "holder_agency": "Kementerian Hukum dan Hak Asasi Manusia",
        "title": "Cuti Pegawai Negeri Sipil",
        "form": "C3",
        "jp": Decimal("2.00"),
        "started_on": datetime.date(2026, 11, 3),
        "completed_on": datetime.date(2026, 11, 22),
        "issued_at": datetime.datetime(2026, 11, 22, 3, 42, tzinfo=datetime.UTC),
        "issued_on": datetime.date(2026, 11, 22),
        "right": 8,
        "total": 10,
        "curriculum": [{"title": f"Bagian {n}", "jp": "0.40"} for n in range(1, 6)],
        "provider_name": "BKN Kantor Regional X",
        "provider_agency": "Badan Kepegawaian Negara",
        "signer_name": "Kepala Kantor Contoh",
        "signer_position": "Kepala",
        "place": "Denpasar",
        "colour": "#7a1f2b",
        "logo_sha256": "",
    }
    return Certificate(**(values | changes))


def print_hashes() -> None:
    """Print the SHA-256 of two certificates, drawn one after the other."""
    from shared_apps.recognition.documents import certificate_pdf

    for name in ("Ayu Lestari", "Đặng Wójcik-Åström"):
        print(hashlib.sha256(certificate_pdf(certificate(holder_name=name))).hexdigest())
