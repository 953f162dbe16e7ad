"""Aiken: what its documentation describes, and its usual mistakes."""

from pathlib import Path

import pytest

from tenant_apps.question_bank.formats import reading
from tenant_apps.question_bank.formats.aiken import read_text
from tests.tenant_apps.question_bank.formats.questions import told

GOOD = """Apa cara yang benar?
A. Bertanya
B) Menunggu
ANSWER: A

Berapa 2*3?
A. 5
B. 6
ANSWER: B
"""


def test_letters_with_dot_or_bracket(tmp_path: Path) -> None:
    path = tmp_path / "soal.txt"
    path.write_text(GOOD, encoding="utf-8")
    found = reading.read(path, path.name)
    assert found.format == "aiken"
    assert [told(parsed.item) for parsed in found.good] == [
        "single: Apa cara yang benar? | [100] Bertanya | [0] Menunggu",
        "single: Berapa 2\\*3? | [0] 5 | [100] 6",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "soal.txt"
    path.write_bytes("Café?\r\nA. é\r\nB. b\r\nANSWER: A\r\n".encode(encoding))
    (parsed,) = reading.read(path, path.name).items
    assert told(parsed.item) == "single: Café? | [100] é | [0] b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("S?\nA. a\nB. b\nAnswer: A", "ANSWER:"),
        ("S?\nA. a\nB. b\nANSWER: C", "Kunci C"),
        ("S?\nA. a\nC. b\nANSWER: A", "seharusnya B"),
        ("S?\nA. a\nb. b\nANSWER: A", "huruf besar"),
        ("S?\nA. a\nlanjutan\nB. b\nANSWER: A", "satu baris"),
        ("S?\nA. a\nB. b", "tidak diakhiri"),
        ("A. a\nB. b\nANSWER: A", "Teks pertanyaan"),
        ("S?\nA. a\nANSWER: A", "Beri 2"),
    ],
)
def test_faults(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "soal.txt"
    path.write_text(f"{GOOD}\n{text}\n", encoding="utf-8")
    *good, bad = reading.read(path, path.name).items
    assert len(good) == 2 and all(parsed.is_good for parsed in good)
    assert bad.line == 11 and words in " ".join(bad.faults)


def test_a_question_over_two_lines() -> None:
    (parsed,) = read_text("Baris satu\nbaris dua\nA. a\nB. b\nANSWER: B").items
    assert told(parsed.item) == "single: Baris satu\nbaris dua | [0] a | [100] b"
