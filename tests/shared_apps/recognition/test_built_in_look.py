"""The built-in look: all that is frozen is printed, in any length; older ones keep their bytes."""

import hashlib
from typing import Any

import pytest

from shared_apps.recognition.documents import certificate_pdf, renderer
from tests.shared_apps.recognition.frozen_certificate import certificate
from tests.shared_apps.recognition.test_certificate_pdf import text_of
from tests.shared_apps.recognition.test_template_pdf import longest, outside

POST = {
    "holder_grade": "Penata (III/c)", "holder_post": "Analis SDM Aparatur Ahli Muda",
    "holder_unit": "Biro Sumber Daya Manusia", "batch": "Angkatan IV", "venue": "Kupang",
}  # fmt: skip


def test_prints_post_class_and_place() -> None:
    """Besides all that it always said."""
    front, back = text_of(certificate_pdf(certificate(layout=3, **POST)))
    for part in (
        *POST.values(),
        "SERTIFIKAT",
        "Nomor 000123/KANREG10/2026",
        "diberikan kepada Ayu Lestari",
        "NIP 19850315 201001 2 003",
        "Cuti Pegawai Negeri Sipil",
        "3–22 November 2026",
        "80 (8 dari 10 benar)",
        "2 (dua) JP",
        "Badan Kepegawaian Negara",
        "Denpasar, 22 November 2026",
        "Kepala Kantor Contoh",
        "tidak memuat tanda tangan elektronik",
    ):
        assert part in front, part
    assert back.count("0,40") == 5 and "Jumlah 2,00" in back


def test_leaves_out_what_is_not_known() -> None:
    """No label without a value, no signer without a name, no score without a test."""
    bare = certificate(layout=3, signer_name="", signer_position="", total=0, right=0)
    front = text_of(certificate_pdf(bare))[0]
    for label in ("ANGKATAN", "TEMPAT", "NILAI"):
        assert label not in front
    assert front.count("·") == 1


def test_the_longest_of_all_stays_on_one_page() -> None:
    """Every text as long as its column, and no letter off the page."""
    made: Any = longest()
    made.layout, made.signer_name, made.signer_position = 3, "W" * 120, "Kepala " * 22
    data = certificate_pdf(made)
    assert outside(data) == []
    assert certificate_pdf(made) == data


@pytest.mark.parametrize("layout", [1, 2])
def test_older_ones_do_not_change(layout: int) -> None:
    """What came later is not printed on them: same bytes, whatever the row knows."""
    plain = certificate_pdf(certificate(layout=layout))
    assert certificate_pdf(certificate(layout=layout, **POST)) == plain
    assert renderer(certificate(layout=layout)).startswith(f"certificate-{layout} xhtml2pdf")
    assert (
        hashlib.sha256(plain).digest()
        != hashlib.sha256(certificate_pdf(certificate(layout=3))).digest()
    )
    assert "reportlab" in renderer(certificate(layout=3))
