"""PDFs drawn from templates: the same bytes everywhere, and every text inside the page."""

import hashlib
import io
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4

from shared_apps.recognition import documents, drawing, pictures
from shared_apps.recognition.documents import certificate_pdf
from tests.shared_apps.recognition.frozen_certificate import certificate

ROOT = Path(__file__).resolve().parents[3]
LONG_WORD = "Pertanggungjawaban" * 9
SIGNER = {
    "name": "N" * 60 + " " + "W" * 59,
    "position": "Kepala Badan Pengembangan Sumber Daya Manusia " * 3,
    "rank": "Pembina Utama Madya (IV/d)",
    "number": "19700101 199503 1 001",
}
SCRIPT = f"""
import sys
sys.path[:0] = [{str(ROOT / "platform")!r}, {str(ROOT)!r}]
import django
django.setup()
from tests.shared_apps.recognition.test_template_pdf import print_hashes
print_hashes()
"""


def version(**changes: Any) -> Any:
    """Return an unsaved version of a template."""
    from shared_apps.recognition.models import CertificateTemplateVersion

    values: dict[str, Any] = {
        "signers": [{"name": "Pejabat Contoh", "position": "Kepala"}],
        "place": "Denpasar",
    }
    return CertificateTemplateVersion(**(values | changes))


def print_hashes() -> None:
    """Print the SHA-256 of a certificate in every look, and of the built-in one."""
    for design in ("classic", "frame"):
        for orientation in ("landscape", "portrait"):
            made = drawing.draw(certificate(), version(design=design, orientation=orientation))
            print(hashlib.sha256(made).hexdigest())
    for layout in (1, 2):
        print(hashlib.sha256(certificate_pdf(certificate(layout=layout))).hexdigest())


def longest() -> Any:
    """Return a certificate whose every text is as long as it may be."""
    return certificate(
        holder_name=("Prof. Dr. " + "W" * 80 + ", S.H., M.Hum., Ph.D., C.Med.")[:120],
        title=(LONG_WORD + " dan Akuntabilitas Kinerja " * 3)[:200],
        holder_agency=("Kementerian" * 19)[:200],
        holder_grade="Penata Muda Tingkat I (III/b)",
        holder_post=("Pengelola" * 30)[:200],
        holder_unit=("Subdirektorat Pengendalian Mutu " * 7)[:200],
        provider_name=("Balai Besar " * 10)[:120],
        provider_agency=("Badan" * 40)[:200],
        number="99999999/" + "K" * 60,
        batch="A" * 60,
        venue="Balai Besar Pelatihan " * 5,
        jp=Decimal("123456.75"),
        curriculum=[{"title": (LONG_WORD + " lagi")[:200], "jp": "1.00"} for _n in range(40)],
    )


def outside(data: bytes) -> list[str]:
    """Return the letters of a PDF that stand off its pages."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for number, page in enumerate(document):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if left < 12 or bottom < 12 or right > width - 12 or top > height - 12:
                found.append(f"{number}: {text.get_text_range(index, 1)!r} at {left:.0f},{top:.0f}")
        text.close()
        page.close()
    document.close()
    return found


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
    assert found[0] == found[1] and len(set(found[0])) == 5
    # Both built-in layouts draw an ordinary certificate alike.
    assert found[0][4] == found[0][5]


@pytest.mark.parametrize("design", ["classic", "frame"])
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
@pytest.mark.parametrize("signers", [1, 3])
def test_the_longest_of_all_stays_on_the_page(design: str, orientation: str, signers: int) -> None:
    data = drawing.draw(
        longest(),
        version(
            design=design,
            orientation=orientation,
            signers=[SIGNER] * signers,
            place="T" * 60,
            heading="M" * 40,
            opening="W" * 80,
            statement=("atas keberhasilannya menyelesaikan " * 7)[:240],
            closing=("yang diselenggarakan oleh {penyelenggara} " * 7)[:300],
            accreditation=("Terakreditasi " * 11)[:160],
        ),
    )
    assert outside(data) == []


def test_the_built_in_look_breaks_long_words() -> None:
    assert outside(certificate_pdf(certificate(title="W" * 200, layout=1))) != []
    words = certificate(
        title="W" * 200,
        holder_name="W" * 120,
        holder_agency="W" * 200,
        provider_name="W" * 120,
        provider_agency="W" * 200,
        curriculum=[{"title": "W" * 200, "jp": "2.00"}],
        layout=2,
    )
    assert [fault for fault in outside(certificate_pdf(words)) if not fault.startswith("1")] == []


def test_says_everything() -> None:
    data = drawing.draw(
        certificate(batch="Angkatan IV", venue="Kupang"),
        version(
            closing="oleh {penyelenggara}, {jp} ({jp_huruf}) JP, {mulai} s.d. {selesai}",
            accreditation="Akreditasi 12/2026",
            signers=[{"name": "Pejabat Contoh", "position": "Kepala", "rank": "Pembina (IV/a)",
                      "number": "19700101 199503 1 001"}],
        ),
    )  # fmt: skip
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    front, back = (" ".join(page.extract_text().split()) for page in pages)
    for part in (
        "Nomor 000123/KANREG10/2026",
        "Ayu Lestari",
        "NIP 19850315 201001 2 003",
        "Angkatan IV",
        "Kupang",
        "oleh BKN Kantor Regional X, 2 (dua) JP, 3 November 2026 s.d. 22 November 2026",
        "Akreditasi 12/2026",
        "Pembina (IV/a)",
        "NIP 19700101 199503 1 001",
        "7KQ2-M9XD-40RT",
        "tidak memuat tanda tangan elektronik",
    ):
        assert part in front, part
    assert "Jumlah 2,00" in back and back.count("0,40") == 5
    assert b"LintasSerif-Bold" in data and b"LintasSans-Regular" in data


def test_marks_are_plain_text() -> None:
    hostile = "<b>Budi</b> & {{ 7*7 }} <script>x</script>"
    data = drawing.draw(certificate(holder_name=hostile), version(statement=hostile[:11]))
    front = " ".join(pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split())
    assert hostile in front and "<b>Budi</b>" in front


def test_samples_are_marked_and_do_not_verify(tenant_a: Any) -> None:
    from shared_apps.recognition import samples

    made = version()
    for sample in (samples.ordinary(tenant_a, made), samples.longest(tenant_a, made)):
        data = documents.sample_pdf(sample, made)
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
        assert all("CONTOH" in page for page in pages) and sample.code == ""
        assert outside(data) == []
    assert len(samples.longest(tenant_a, made).title) == 200
    assert len(samples.longest(tenant_a, made).holder_name) == 120


def test_parts_that_can_be_left_out() -> None:
    data = drawing.draw(certificate(), version(show_score=False, show_curriculum=False))
    (front,) = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert "NILAI" not in front and "Kurikulum" not in front
    without_test = certificate(total=0, right=0)
    assert (
        "NILAI"
        not in pypdf.PdfReader(io.BytesIO(drawing.draw(without_test, version())))
        .pages[0]
        .extract_text()
    )


def test_pictures_of_the_template(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    source = io.BytesIO()
    Image.new("RGB", (3000, 900), "#dde8f0").save(source, "JPEG")
    source.size = source.tell()  # type: ignore[attr-defined]
    background = pictures.keep_background(source, upright=False)
    logo = io.BytesIO()
    Image.new("RGBA", (900, 300), "#7a1f2b").save(logo, "PNG")
    logo.size = logo.tell()  # type: ignore[attr-defined]
    kept = pictures.keep_logo(logo)
    for orientation in ("landscape", "portrait"):
        data = drawing.draw(
            certificate(),
            version(background_sha256=background, logos=[kept, kept], orientation=orientation),
        )
        images = pypdf.PdfReader(io.BytesIO(data)).pages[0].images
        assert len(images) >= 2 and len(data) < 400_000
        side = pypdf.PdfReader(io.BytesIO(data)).pages[0].mediabox[2]
        assert round(float(side)) == round(A4[1] if orientation == "landscape" else A4[0])
    # A picture that is lost does not stop the download.
    lost = version(background_sha256="1" * 64, logos=["2" * 64])
    assert drawing.draw(certificate(), lost).startswith(b"%PDF")
