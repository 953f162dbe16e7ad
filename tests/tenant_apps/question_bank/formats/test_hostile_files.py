"""Files that mean harm: each is refused with a sentence, or judged, in bounded time."""

import time
import zipfile
from pathlib import Path

import pytest

from tenant_apps.question_bank.formats import reading, xml_read
from tenant_apps.question_bank.formats.html_text import to_markdown
from tenant_apps.question_bank.formats.parsed import FormatRefused, Reading
from toolkit import sheet_guard, xlsx

SECONDS = 20.0
HEAD = "<quiz><question type='multichoice'><name><text>n</text></name>"
TAIL = (
    "<answer fraction='100'><text>a</text></answer><answer fraction='0'><text>b</text></answer>"
    "</question></quiz>"
)
LAUGHS = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))


def judged(folder: Path, name: str, raw: bytes) -> Reading | str:
    """Read a file within the time; return the reading, or the sentence of its refusal."""
    path = folder / name
    path.write_bytes(raw)
    started = time.monotonic()
    try:
        return reading.read(path, name)
    except FormatRefused as refusal:
        return str(refusal)
    finally:
        assert time.monotonic() - started < SECONDS


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("tawa.xml", f"<!DOCTYPE quiz [<!ENTITY a0 'x'>{LAUGHS}]><quiz>&a9;</quiz>", "DOCTYPE"),
        (
            "luar.xml",
            "<?xml version='1.0'?>\n<!DOCTYPE quiz [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            "<quiz>&x;</quiz>",
            "DOCTYPE",
        ),
        ("entitas.xml", "<quiz>&x;</quiz>", "rusak"),
        ("dalam.xml", "<quiz>" + "<question>" * 5000, "rusak"),
        ("nol.xml", HEAD + "\0" + TAIL, "rusak"),
        ("bukan.xml", "halo", "bukan XML"),
        ("bukan.xlsx", "halo", "XLSX"),
        ("kosong.gift", "  \n", "kosong"),
        ("kosong.xml", "<quiz/>", "Tidak ada soal"),
    ],
)
def test_refused_with_a_sentence(tmp_path: Path, name: str, text: str, words: str) -> None:
    said = judged(tmp_path, name, text.encode())
    assert isinstance(said, str) and words in said


def test_binary_and_old_excel(tmp_path: Path) -> None:
    assert "bukan teks" in str(judged(tmp_path, "x.gift", bytes(range(32)) * 90))
    assert ".xls" in str(judged(tmp_path, "x.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600))
    assert isinstance(judged(tmp_path, "x.png", b"\x89PNG\r\n\x1a\n" + b"\1\2\3" * 200), str)


def test_a_zip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_guard, "LARGEST_UNPACKED", 5_000_000)
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    assert path.stat().st_size < 100_000
    assert "terlalu besar" in str(judged(tmp_path, "bom.xlsx", path.read_bytes()))


def test_too_large_and_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "S? {=a ~b}\n\n" * 200_000
    assert "lebih dari 10000 soal" in str(judged(tmp_path, "banyak.gift", many.encode()))
    questions = "<question type='essay'/>" * 200_000
    assert "lebih dari" in str(judged(tmp_path, "x.xml", f"<quiz>{questions}</quiz>".encode()))
    monkeypatch.setattr(reading, "LARGEST_FILE", 100)
    assert "lebih besar dari" in str(judged(tmp_path, "besar.gift", b"x" * 101))


def test_too_many_rows(tmp_path: Path) -> None:
    path = tmp_path / "banyak.xlsx"
    xlsx.save(path, ["soal", "a", "b", "kunci"], (["S?", "x", "y", "A"] for _ in range(10_001)))
    assert "lebih dari 10000 baris" in str(judged(tmp_path, "banyak.xlsx", path.read_bytes()))


@pytest.mark.parametrize(
    "text",
    [
        "{" * 300_000,
        "::" * 300_000,
        "\\::" * 300_000,
        "\\" * 500_001,
        " " * 500_000 + "x {=a ~b}",
        "x {" + "=a~" * 100_000 + "}",
        "x {" + "#" * 300_000 + "}",
        "x {#" + "." * 300_000 + "}",
        "x {#" + "9" * 300_000 + "}",
        "x {#1e999999999}",
        "x {=%" + "9" * 100_000 + "%a ~b}",
        "x {=" + "a->" * 100_000 + "}",
        "[" * 300_000 + " {=a ~b}",
        "![" * 150_000 + " {=a ~b}",
        "[html]" + "<b>" * 60_000 + " {=a ~b}",
        "[html]" + "<div>" * 30_000 + "x {=a ~b}",
        "[html]" + "<table><tr><td>" * 10_000 + "x {=a ~b}",
        "[html]" + "&amp" * 100_000 + " {=a ~b}",
        "[plain]" + "=" * 200_000 + " {=a ~b}",
        "[plain]" + "\\[" * 100_000 + " {=a ~b}",
        "$CATEGORY: " + "/" * 300_000 + "\n\nx {=a ~b}",
        "// [tag:" + "\\" * 300_000 + "\nx {=a ~b}",
        "// lintas:rubrik: " + "[" * 100_000 + "\nx {}",
        "A. x\n" * 100_000 + "ANSWER: A",
    ],
    ids=lambda text: text[:14].replace("/", "_"),
)
def test_no_text_takes_long(tmp_path: Path, text: str) -> None:
    found = judged(tmp_path, "jahat.gift", text.encode())
    assert isinstance(found, str) or not found.good or len(found.good) == 1


@pytest.mark.parametrize(
    "inside",
    [
        "<questiontext><text>" + "&lt;div&gt;" * 20_000 + "</text></questiontext>",
        "<questiontext><text>" + "&lt;a&gt;&lt;b&gt;" * 9_000 + "</text></questiontext>",
        "<questiontext><text>x</text><file name='a.png' encoding='base64'>"
        + "A" * 9_000_000
        + "</file></questiontext>",
        "<questiontext><text>x</text><file name='a.png' encoding='base64'>"
        + "A" * 11_000_000
        + "</file></questiontext>",
        "<answer fraction='0'><text>c</text></answer>" * 20_000,
        "<tags>" + "<tag><text>x</text></tag>" * 20_000 + "</tags>",
        "<questiontext><text>\ud7ff\ue000\uffff</text></questiontext>",
    ],
    ids=["div", "ab", "base64", "huge", "answers", "tags", "odd letters"],
)
def test_no_xml_takes_long(tmp_path: Path, inside: str) -> None:
    found = judged(tmp_path, "jahat.xml", (HEAD + inside + TAIL).encode())
    assert isinstance(found, str) or len(found.items) == 1


def test_lone_surrogates_and_broken_utf8(tmp_path: Path) -> None:
    text = HEAD + "<questiontext><text>\ud800</text></questiontext>" + TAIL
    raw = text.encode("utf-8", "surrogatepass")
    assert "pengodean" in str(judged(tmp_path, "x.xml", raw))
    with pytest.raises(FormatRefused):
        xml_read.read_bytes(b"\xff\xfe" + b"\x00\xd8" * 50)
    found = judged(tmp_path, "x.gift", b"S\xff? {=a ~b}")
    assert isinstance(found, Reading) and found.items[0].item


def test_nothing_of_a_script_stays() -> None:
    for source in (
        "<script>alert(1)</script>a", "<img src=x onerror=alert(1)>a",
        "<a href='javascript:alert(1)'>a</a>", "<svg onload=alert(1)>a</svg>",
        "<iframe src='https://x'></iframe>a", "<style>*{}</style>a",
    ):  # fmt: skip
        shown = to_markdown(source).text
        assert "alert" not in shown and "style" not in shown and shown.endswith("a")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("soal.pdf", b"%PDF-1.7\n"),
        ("foto.png", b"\x89PNG\r\n"),
        ("soal.txt", b"MZ\x90\0" + b"\0" * 60),
        ("soal.rtf", b"{\\rtf1\\ansi {ANSWER: A}}"),
    ],
)
def test_other_documents_are_not_read_as_questions(tmp_path: Path, name: str, raw: bytes) -> None:
    assert "bukan berkas soal" in str(judged(tmp_path, name, raw))
