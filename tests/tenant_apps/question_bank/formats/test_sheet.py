"""XLSX and CSV: the template, what people type, what comes back."""

import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import reading, returning, sheet_write, writing
from tenant_apps.question_bank.formats.codes import faults
from tenant_apps.question_bank.items import FULL, Choice, QuestionItem
from tests.tenant_apps.question_bank.formats.questions import told
from toolkit import xlsx


def rows(folder: Path, text: str) -> list[str]:
    """Read a CSV with semicolons and tell its questions or faults."""
    path = folder / "soal.csv"
    path.write_text(text, encoding="utf-8")
    return [
        told(parsed.item) if parsed.is_good else " ".join(parsed.faults)
        for parsed in reading.read(path, path.name).items
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_template_holds_one_good_example_of_each_type(tmp_path: Path, language: str) -> None:
    path = tmp_path / "templat.xlsx"
    with translation.override(language):
        path.write_bytes(sheet_write.template())
    found = reading.read(path, path.name)
    assert [parsed.faults for parsed in found.items] == [[]] * len(QuestionKind)
    assert {parsed.item.kind for parsed in found.items if parsed.item} == set(QuestionKind)
    assert all(not faults(parsed.item) for parsed in found.items if parsed.item)


def test_the_simplest_sheet_of_all(tmp_path: Path) -> None:
    assert rows(tmp_path, "SOAL;a;b;c;KUNCI\nSatu?;x;y;z;b\nDua?;x;y;z;a,c\nTiga.;;;;benar\n") == [
        "single: Satu? | [0] x | [100] y | [0] z",
        "multiple: Dua? | [50] x | [0] y | [50] z",
        "true_false: Tiga. | [100] Benar | [0] Salah",
    ]


def test_titles_and_values_in_english_too(tmp_path: Path) -> None:
    found = rows(
        tmp_path, "type;question;a;b;key\nsingle;Satu?;x;y;A\nTrue or false;Dua.;;;false\n"
    )
    assert found[0] == "single: Satu? | [100] x | [0] y"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("single;S?;x;y;;C;", "Kunci C tidak ada"),
        ("single;S?;x;y;;;", "Isi kolom Kunci"),
        ("single;;x;y;;A;", "Tulis pertanyaannya"),
        ("kuis;S?;x;y;;A;", "tidak dikenal"),
        (";S?;x;y;;;", "Isi kolom Jenis"),
        ("multiple;S?;x;y;;A;A=50", "berjumlah 100 persen"),
        ("multiple;S?;x;y;;A;A=abc", "bukan angka"),
        ("multiple;S?;x;y;;A;Z=100", "tidak cocok"),
        ("multiple;S?;x;y;;A, B;A=100", "tidak di atas nol"),
        ("weighted;S?;x;y;;;A=7", "1 sampai 5"),
        ("weighted;S?;x;y;;;A=5", "1 sampai 5"),
        ("numerical;S?;3,14;;;;", "3.14"),
        ("matching;S?;a = 1;b => 2;;;", "pernyataan => jawaban"),
        ("essay;S?;x;;;;", "esai tidak punya pilihan"),
        ("true_false;S?;;;;mungkin;", "Benar atau Salah"),
        ("short;S?;;;;;", "Beri 1"),
    ],
)
def test_faults_of_one_row(tmp_path: Path, row: str, words: str) -> None:
    (found,) = rows(tmp_path, f"jenis;soal;a;b;c;kunci;bobot\n{row}\n")
    assert words in found


def test_points_and_weights_in_order_or_by_letter(tmp_path: Path) -> None:
    text = (
        'jenis;soal;a;b;c;bobot\nweighted;S?;x;y;z;"5; 3; 1"\nweighted;S2?;x;y;z;"C=1; A=5; B: 3"\n'
    )
    assert [row.split(" | ", 1)[1] for row in rows(tmp_path, text)] == [
        "[5p] x | [3p] y | [1p] z"
    ] * 2


def test_a_code_twice_and_unknown_words(tmp_path: Path) -> None:
    text = (
        "kode;jenis;soal;a;b;kunci;tingkat;acak\n"
        "x;single;S?;a;b;A;;\nx;single;T?;a;b;A;;\n"
        "y;single;U?;a;b;A;gampang;\nz;single;V?;a;b;A;;kadang\n"
    )
    found = rows(tmp_path, text)
    assert "sudah dipakai di baris 2" in found[1]
    assert "gampang" in found[2] and "Ya atau Tidak" in found[3]


def test_formulas_stay_texts(tmp_path: Path) -> None:
    item = QuestionItem(
        kind=QuestionKind.SINGLE, code="=1+1", stem='=HYPERLINK("http://x","y")',
        choices=(Choice("@SUM(A1)", FULL), Choice("+7")),
    )  # fmt: skip
    path = tmp_path / "soal.xlsx"
    writing.write(path, "sheet", [item])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    assert reading.read(path, path.name).items[0].item == item


def test_the_same_sheet_back_with_its_faults_can_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "soal.xlsx"
    xlsx.save(path, ["Jenis", "Soal", "A", "B", "Kunci", "catatan"],
              [["", "Satu?", "x", "y", "A", "n"], ["", "Dua?", "x", "y", "C", "m"]])  # fmt: skip
    found = reading.read(path, path.name)
    faults_by_row = {parsed.line: " ".join(parsed.faults) for parsed in found.bad}
    target = tmp_path / "kembali.xlsx"
    assert returning.save(path, path.name, target, faults_by_row, {}) == ".xlsx"
    again = reading.read(target, target.name)
    assert [p.faults for p in again.items] == [p.faults for p in found.items]
    assert again.good[0].item == found.good[0].item


def test_a_text_file_back_with_its_faults_can_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "soal.gift"
    path.write_text("::a::A? {=a ~b}\n\n::b::B? {#3,1}\n", encoding="utf-8")
    found = reading.read(path, path.name)
    target = tmp_path / "kembali.gift"
    faults_by_line = {parsed.line: " ".join(parsed.faults) for parsed in found.bad}
    assert returning.save(path, path.name, target, faults_by_line, {}) == ".gift"
    text = target.read_text()
    assert "// kesalahan: Tulis angka 3,1" in text and text.index("kesalahan") < text.index("::b::")
    target.write_text(text.replace("3,1}", "3.1}"))
    mended = reading.read(target, target.name)
    assert len(mended.good) == 2
    assert "kesalahan" not in returning.commented(target.read_text(), {})


def test_xml_comes_back_as_a_list(tmp_path: Path) -> None:
    path = tmp_path / "soal.xml"
    path.write_text("<quiz><question type='essay'/></quiz>")
    target = tmp_path / "kembali.xlsx"
    assert returning.save(path, path.name, target, {1: "Kosong."}, {1: "judul"}) == ".xlsx"
    assert target.read_bytes()[:2] == b"PK"


def test_true_and_false_under_other_names_keep_their_key(tmp_path: Path) -> None:
    """Also where the second option is the one that is called "Benar"."""
    path = tmp_path / "soal.xlsx"
    for names in (("Salah", "Benar"), ("b", "a"), ("Setuju", "Tidak")):
        for right in (0, 1):
            item = QuestionItem(
                kind=QuestionKind.TRUE_FALSE, code="t", stem="S?",
                choices=tuple(Choice(n, FULL * (k == right)) for k, n in enumerate(names)),
            )  # fmt: skip
            writing.write(path, "sheet", [item])
            assert reading.read(path, path.name).items[0].item == item
