"""The PDF: the same bytes everywhere, small, complete, and right for unusual names."""

import io
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.utils import translation
from PIL import Image, ImageDraw

from shared_apps.recognition.documents import certificate_pdf
from shared_apps.recognition.drawing import colours
from tenants import looks
from tests.shared_apps.recognition.frozen_certificate import certificate

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = f"""
import sys
sys.path[:0] = [{str(ROOT / "platform")!r}, {str(ROOT)!r}]
import django
django.setup()
from tests.shared_apps.recognition.frozen_certificate import print_hashes
print_hashes()
"""


def text_of(data: bytes) -> list[str]:
    """Return the text of each page, with blanks collapsed."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_same_bytes_in_other_processes() -> None:
    found = []
    for seed in ("1", "2"):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONHASHSEED": seed,
            "TZ": "Asia/Jayapura" if seed == "2" else "UTC",
        }
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        found.append(done.stdout.split())
    assert found[0] == found[1] and len(set(found[0])) == 2


def test_same_bytes_again_and_in_any_language() -> None:
    first = certificate_pdf(certificate())
    certificate_pdf(certificate(holder_name="Lain", colour="#123456"))
    with translation.override("en"):
        assert certificate_pdf(certificate()) == first


def test_says_everything() -> None:
    data = certificate_pdf(certificate())
    front, back = text_of(data)
    for part in (
        "SERTIFIKAT",
        "Nomor 000123/KANREG10/2026",
        "Ayu Lestari",
        "NIP 19850315 201001 2 003",
        "Kementerian Hukum dan Hak Asasi Manusia",
        "Cuti Pegawai Negeri Sipil",
        "E-learning",
        "3–22 November 2026",
        "80 (8 dari 10 benar)",
        "2 (dua) JP",
        "BKN Kantor Regional X",
        "Badan Kepegawaian Negara",
        "Denpasar, 22 November 2026",
        "Kepala Kantor Contoh",
        "7KQ2-M9XD-40RT",
        "tidak memuat tanda tangan elektronik",
        "/v/7KQ2-M9XD-40RT/",
    ):
        assert part in front, part
    assert back.count("0,40") == 5 and "Jumlah 2,00" in back and "Bagian 5" in back
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [842, 595]


@pytest.mark.parametrize(
    ("points", "total", "text"),
    [
        ("82.50", 100, "82 (82,50 dari 100 poin)"),
        ("19.00", 20, "95 (19 dari 20 poin)"),
        ("20.99", 30, "69 (20,99 dari 30 poin)"),
        (None, 10, "80 (8 dari 10 benar)"),
    ],
)
def test_points_are_called_points(points: str | None, total: int, text: str) -> None:
    """In the built-in look and with a template; right answers stay what they are."""
    from shared_apps.recognition.drawing.words import facts
    from tests.shared_apps.recognition.test_template_pdf import version

    given = certificate(points=Decimal(points) if points else None, total=total, layout=3)
    assert text in text_of(certificate_pdf(given))[0]
    assert ("NILAI", text) in facts(given, version())


def test_fonts_are_inside() -> None:
    data = certificate_pdf(certificate())
    for font in ("LintasSerif-Regular", "LintasSerif-Bold", "LintasSans-Regular"):
        assert font.encode() in data
    assert len(data) < 45_000


@pytest.mark.parametrize(
    "name",
    [
        "Ñoñé Çağlar Đặng Wójcik-Åström Šárka Žižek O’Brien",
        "Wwwwwwwwwwwwwww Mmmmmmmmmmmmmmmm Wwwwwwwwwwwwwww Mmmmmmmmmmm",
        "Dr. H. Raden Mas Muhammad Abdurrahman Wicaksono, S.H., M.Hum.",
        "A",
        "Andre\u0301 Pe\u0301rez",
        "<b>Budi</b> & Rekan",
    ],
)
def test_names(name: str) -> None:
    import unicodedata

    data = certificate_pdf(certificate(holder_name=name))
    pages = text_of(data)
    assert len(pages) == 2 and len(data) < 45_000
    assert unicodedata.normalize("NFC", name) in pages[0]


def test_the_longest_of_all_fits_two_pages() -> None:
    data = certificate_pdf(
        certificate(
            holder_name="Wijayakusumaningtyas " * 5 + "Ayu Lestari",
            title=("Pengembangan Kompetensi Aparatur Sipil Negara " * 5)[:200],
            holder_agency=("Kementerian Koordinator Bidang Pembangunan " * 5)[:200],
            provider_name=("Balai Besar Pendidikan dan Pelatihan " * 4)[:120],
            provider_agency=("Badan Pengembangan Sumber Daya Manusia " * 6)[:200],
            signer_position=("Kepala Balai Besar Pendidikan " * 6)[:160],
            jp=Decimal("2.40"),
            curriculum=[{"title": "Materi pokok " * 6, "jp": "0.20"} for _ in range(12)],
        )
    )
    assert len(text_of(data)) == 2


def test_many_subjects_flow_on() -> None:
    rows = [{"title": f"Materi pokok {n}", "jp": "1.00"} for n in range(60)]
    pages = text_of(certificate_pdf(certificate(jp=Decimal(60), curriculum=rows)))
    assert len(pages) > 2 and "Jumlah 60,00" in pages[-1] and "Materi" in pages[2]


def test_logo(settings: Any, tmp_path: Path, tenant_a: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    image = Image.new("RGBA", (320, 320))
    ImageDraw.Draw(image).ellipse((10, 10, 310, 310), fill="#7a1f2b")
    image.save(tmp_path / "logo.png")
    looks.store_logo(tenant_a, tmp_path / "logo.png")
    data = certificate_pdf(certificate(logo_sha256=tenant_a.logo_sha256))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages[0].images) == 2
    assert len(data) < 50_000
    # A logo that is lost does not stop the download.
    assert len(text_of(certificate_pdf(certificate(logo_sha256="0" * 64)))) == 2


def test_pppk_number_is_named_so() -> None:
    front = text_of(certificate_pdf(certificate(holder_number_kind="pppk")))[0]
    assert "NI PPPK 19850315" in front
    assert "NIP" not in text_of(certificate_pdf(certificate(holder_number="")))[0]


@pytest.mark.parametrize("colour", ["#ffffff", "#c9b458", "#ffe600", "#0b5563", "#000000"])
def test_colour_is_readable_on_white(colour: str) -> None:
    ink = colours.ink(colour)
    red, green, blue = (int(ink[i : i + 2], 16) for i in (1, 3, 5))
    assert 1.05 / (colours.luminance(red, green, blue) + 0.05) >= 4.5
    if colour in {"#0b5563", "#000000"}:
        assert ink == colour
