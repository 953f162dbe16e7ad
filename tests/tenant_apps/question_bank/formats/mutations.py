"""Makes files of questions, breaks them, and feeds them to the reader."""

import io
import random
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import reading, returning, sheet_write, writing
from tenant_apps.question_bank.formats.codes import faults
from tenant_apps.question_bank.formats.parsed import Reading
from tenant_apps.question_bank.items import FALSE, FULL, TRUE, Choice, Criterion, Pair, QuestionItem
from tests.tenant_apps.question_bank.formats.questions import NASTY, PNG
from toolkit.errors import DomainError

#: Seconds that one file may take.
BOUND = 20.0
NAMES = ["soal.gift", "soal.txt", "soal.xml", "soal.xlsx", "soal.csv", "soal", "soal.tsv"]
PIECES = [piece.encode() for piece in NASTY] + [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"{", b"}", b"=", b"~", b"<question>",
    b"</question>", b"<text>", b"]]>", b"<!DOCTYPE quiz>", b"&x;", b"ANSWER: B", b"99999999999999",
    b"1e999", b"NaN", b"Infinity", b"-0", b"\xed\xa0\x80", b"fraction='200'", b"PK\x03\x04", b"$",
]  # fmt: skip


@dataclass
class Report:
    """What became of the files."""

    read: int = 0
    refused: int = 0
    good: int = 0
    bad: int = 0
    slowest: float = 0.0


def question(chance: random.Random, place: int) -> QuestionItem:
    """Return a right question of any type with nasty texts."""
    kind = chance.choice(list(QuestionKind))

    def text() -> str:
        return f"{chance.choice(NASTY)} {chance.choice(NASTY)} {chance.randrange(999)}".strip()

    choices: tuple[Choice, ...] = ()
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        choices = (Choice(f"a {text()}", FULL, feedback=text()), Choice(f"b {text()}"))
    elif kind == QuestionKind.WEIGHTED:
        choices = (Choice(f"a {text()}", points=5), Choice(f"b {text()}", points=1))
    elif kind == QuestionKind.TRUE_FALSE:
        choices = (Choice(TRUE, FULL), Choice(FALSE))
    elif kind == QuestionKind.SHORT:
        choices = (Choice("jam*", FULL), Choice("JP", Decimal("33.33333")))
    elif kind == QuestionKind.NUMERICAL:
        choices = (Choice(str(chance.randrange(999)), FULL, 0, Decimal("0.5")),)
    images = {"bagan.png": PNG} if chance.random() < 0.2 else {}
    return QuestionItem(
        kind=kind,
        code=f"s-{place}",
        stem=text() + (" ![bagan](bagan.png)" if images else ""),
        choices=choices,
        pairs=(Pair(f"a {text()}", "1"), Pair(f"b {text()}", text()))
        if kind == QuestionKind.MATCHING
        else (),
        rubric=(Criterion(text(), 10),) if kind == QuestionKind.ESSAY else (),
        explanation=text(),
        category=chance.choice(["", "Cuti", "Cuti/Tahunan"]),
        images=images,
    )


def whole(chance: random.Random, folder: Path) -> bytes:
    """Return a right file of one of the formats."""
    form = chance.choice([*writing.FORMS, None])
    if form is None:
        if chance.random() < 0.2:
            return sheet_write.template()
        return "".join(
            f"Soal {n}?\nA. satu\nB. dua\nANSWER: {chance.choice('AB')}\n\n"
            for n in range(chance.randrange(1, 5))
        ).encode(chance.choice(["utf-8", "utf-16", "utf-8-sig"]))
    path = folder / f"benar{form.ending}"
    writing.write(path, form.key, [question(chance, n) for n in range(chance.randrange(1, 5))])
    return path.read_bytes()


def broken(chance: random.Random, raw: bytes) -> bytes:
    """Return the file with a few bytes taken out, put in, doubled, swapped or turned over."""
    data = bytearray(raw)
    for _ in range(chance.randrange(chance.choice([2, 3, 9]))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice([1, 1, 2, 8, 60, 400]))
        change = chance.randrange(6)
        if change == 0:
            del data[at:end]
        elif change == 1:
            data[at:at] = chance.choice(PIECES)
        elif change == 2:
            data[at:at] = data[at:end] * chance.randrange(1, 4)
        elif change == 3 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif change == 4:
            data[at:end] = chance.choice(PIECES)
        elif change == 5:
            data[at:at] = chance.randbytes(chance.randrange(1, 9))
    return bytes(data)


def broken_parts(chance: random.Random, raw: bytes) -> bytes:
    """Return an XLSX whose parts are broken inside a whole archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if part and chance.random() < 0.4:
                part = broken(chance, part)
            if chance.random() > 0.03:
                new.writestr(entry.filename, part)
    return target.getvalue()


def noise(chance: random.Random) -> bytes:
    """Return bytes of no format, or pieces of all of them."""
    if chance.random() < 0.5:
        return chance.randbytes(chance.randrange(0, 3000))
    return b"".join(chance.choice(PIECES) for _ in range(chance.randrange(0, 200)))


def any_file(chance: random.Random, folder: Path) -> bytes:
    """Return the bytes of some file."""
    if chance.random() < 0.1:
        return noise(chance)
    raw = whole(chance, folder)
    if raw[:2] == b"PK" and chance.random() < 0.8:
        return broken_parts(chance, raw)
    return broken(chance, raw)


def usual_name(raw: bytes) -> str:
    """Return a name that fits the beginning of a file."""
    if raw[:2] == b"PK":
        return "soal.xlsx"
    return "soal.xml" if raw[:5] == b"<?xml" else "soal.gift"


def feed(
    folder: Path,
    *,
    count: int,
    seed: int,
    make: Callable[[random.Random, Path], bytes] = any_file,
) -> Report:
    """Read so many files; each ends in a Reading or in a DomainError with a sentence."""
    chance, report = random.Random(seed), Report()
    for number in range(count):
        raw = make(chance, folder)
        name = chance.choice(NAMES) if chance.random() < 0.3 else usual_name(raw)
        path = folder / "berkas"
        path.write_bytes(raw)
        started = time.monotonic()
        try:
            found = reading.read(path, name)
        except DomainError as refusal:
            assert len(str(refusal)) > 10, (seed, number, name)
            report.refused += 1
        except BaseException as crash:
            (folder / "gagal").write_bytes(raw)
            raise AssertionError(f"file {number} of seed {seed} ({name}): {crash!r}") from crash
        else:
            _judge(found, path, name, folder)
            report.read += 1
            report.good += len(found.good)
            report.bad += len(found.bad)
        took = time.monotonic() - started
        assert took < BOUND, (seed, number, name, took)
        report.slowest = max(report.slowest, took)
    return report


def _judge(found: Reading, path: Path, name: str, folder: Path) -> None:
    """Check that what was read is whole: good ones pass the checks, bad ones say why."""
    for parsed in found.items:
        assert parsed.line >= 1 and all(parsed.faults)
        if parsed.is_good:
            assert parsed.item and faults(parsed.item) == []
        else:
            assert parsed.faults
    wrong = {parsed.line: " ".join(parsed.faults) for parsed in found.bad}
    if wrong:
        returning.save(path, name, folder / "kembali", wrong, {})
