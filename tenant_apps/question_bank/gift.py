r"""Reads single-choice questions in Moodle's GIFT format, strictly: what is odd is refused.

    $CATEGORY: key-of-the-section

    ::code::Stem? {
    =right answer
    ~wrong answer
    ####Explanation
    }

`~ = # { } :` in text are written with a backslash; a blank line ends a question; lines that
start with `//` are comments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.errors import GiftError
from tenant_apps.question_bank.items import FULL, NOTHING, Choice, QuestionItem

ESCAPED = re.compile(r"\\([~=#{}:\\])")
CATEGORY = re.compile(r"\$CATEGORY:\s*(\S.*)")
QUESTION = re.compile(
    r"\s*::(?P<code>(?:\\.|[^:\\])+)::(?P<stem>(?:\\.|[^{}\\])+)\{(?P<answers>(?:\\.|[^{}\\])*)\}\s*",
    re.DOTALL,
)
# Splits answers at unescaped = ~ and ####.
MARK = re.compile(r"(?<!\\)(####|[=~])")


@dataclass(frozen=True)
class GiftQuestion:
    """One single-choice question as written; texts are Markdown, `right` is an index."""

    line: int
    category: str
    code: str
    stem: str
    options: list[str]
    right: int
    explanation: str

    @property
    def item(self) -> QuestionItem:
        """The same question in the neutral form; its category names the section."""
        return QuestionItem(
            kind=QuestionKind.SINGLE,
            code=self.code,
            stem=self.stem,
            choices=tuple(
                Choice(text, percent=FULL if index == self.right else NOTHING)
                for index, text in enumerate(self.options)
            ),
            explanation=self.explanation,
            section=self.category,
        )


@dataclass
class _Block:
    line: int
    lines: list[str] = field(default_factory=list)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield runs of lines between blank lines, without comments."""
    block: _Block | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("//"):
            continue
        if not line.strip():
            if block:
                yield block
            block = None
            continue
        block = block or _Block(number)
        block.lines.append(line)
    if block:
        yield block


def _plain(text: str) -> str:
    return ESCAPED.sub(r"\1", text).strip()


def parse(text: str) -> list[GiftQuestion]:
    """Return the questions of a GIFT text; raises GiftError at the first thing it cannot read."""
    questions: list[GiftQuestion] = []
    category = ""
    seen: dict[str, int] = {}
    for block in _blocks(text):
        found = CATEGORY.fullmatch(block.lines[0].strip())
        if found:
            if len(block.lines) > 1:
                raise GiftError(
                    _("Setelah baris $CATEGORY harus ada baris kosong."), line=block.line + 1
                )
            category = found[1].strip()
            continue
        question = _question(block, category)
        if question.code in seen:
            raise GiftError(
                _("Kode soal {code} sudah dipakai di baris {line}.").format(
                    code=question.code, line=seen[question.code]
                ),
                line=block.line,
            )
        seen[question.code] = block.line
        questions.append(question)
    return questions


def _question(block: _Block, category: str) -> GiftQuestion:
    match = QUESTION.fullmatch("\n".join(block.lines))
    if not match:
        raise GiftError(
            _("Soal harus ditulis ::kode::pertanyaan { =benar ~salah … } tanpa baris kosong."),
            line=block.line,
        )
    parts = MARK.split(match["answers"])
    options: list[str] = []
    right: list[int] = []
    explanation = ""
    if parts[0].strip():
        raise GiftError(_("Setiap jawaban diawali = (benar) atau ~ (salah)."), line=block.line)
    for mark, part in zip(parts[1::2], parts[2::2], strict=True):
        if mark == "####":
            explanation = _plain(part)
            continue
        if part.lstrip().startswith("%"):
            raise GiftError(_("Bobot jawaban (%) belum didukung di sini."), line=block.line)
        if mark == "=":
            right.append(len(options))
        options.append(_plain(part))
    if len(right) != 1 or len(options) < 2:
        raise GiftError(
            _("Soal pilihan tunggal perlu satu jawaban benar dan sedikitnya satu jawaban salah."),
            line=block.line,
        )
    if any(not option for option in options) or len(set(options)) != len(options):
        raise GiftError(_("Ada jawaban yang kosong atau sama."), line=block.line)
    return GiftQuestion(
        line=block.line,
        category=category,
        code=_plain(match["code"]),
        stem=_plain(match["stem"]),
        options=options,
        right=right[0],
        explanation=explanation,
    )
