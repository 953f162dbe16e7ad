"""The demo's certificates: one provider prints its own template and has earlier codes."""

import datetime

from shared_apps.recognition import selectors
from shared_apps.recognition.choices import Design
from shared_apps.recognition.services import legacy, templates
from tenants.models import Tenant
from toolkit import sheets

#: The provider whose certificates are in the design "Bingkai".
PROVIDER = "wkmb"
EARLIER = (
    ("WKMB-2021-0007", "Pelatihan Dasar Pelayanan Publik", "20", datetime.date(2021, 9, 24)),
    ("WKMB-2022-0113", "Penulisan Naskah Dinas", "8", datetime.date(2022, 3, 11)),
)


def add_certificates(tenant: Tenant) -> bool:
    """Give the provider a template and two earlier certificates; say whether anything was added."""
    if tenant.code != PROVIDER or selectors.earlier_certificates(EARLIER[0][0]):
        return False
    made = templates.create(
        tenant=tenant,
        name="Bingkai resmi",
        look=templates.Look(
            design=Design.FRAME,
            signers=[
                {
                    "name": tenant.signer_name,
                    "position": tenant.signer_position,
                    "rank": "",
                    "number": "",
                }
            ],
            place=tenant.place,
            opening="diberikan kepada",
            statement="atas keberhasilannya menyelesaikan program pengembangan kompetensi",
            number_pattern="{nomor:4}/{kode_topik}/{kode_unit}/{bulan_romawi}/{tahun}",
        ),
        by=None,
    )
    templates.make_default(template_id=made.pk, tenant=tenant, by=None)
    rows = [
        sheets.Row(
            number,
            {
                "kode": code,
                "nama": "Nama Peserta (demo)",
                "program": title,
                "jp": jp,
                "selesai": day.isoformat(),
                "penanda_tangan": tenant.signer_name,
            },
            (),
        )
        for number, (code, title, jp, day) in enumerate(EARLIER, start=2)
    ]
    legacy.store(
        rows, tenant=tenant, by=None, outcome=legacy.Outcome(), seen={}, update=False, dry=False
    )
    return True
