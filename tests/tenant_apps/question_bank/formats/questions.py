"""Arbitrary questions for property tests: every type, texts with whatever characters."""

import base64
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.formats.codes import faults
from tenant_apps.question_bank.formats.figures import plain
from tenant_apps.question_bank.formats.texts import clean, one_line, own_path, tags_from
from tenant_apps.question_bank.items import (
    FALSE,
    FULL,
    NOTHING,
    TRUE,
    Choice,
    Criterion,
    Pair,
    QuestionItem,
)

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
#: What a writer of any format could trip over.
NASTY = [
    "=1+1", "@SUM(A1)", "-5", "+7", "%50%", "[html]x", "[markdown]", "{T}", "a{b}c", "~", "=", "#",
    "####", "::", "a->b", "-&gt;", "-&amp;gt;", "=>", "\\=>", "\\\\=>", "\\", "\\n", "\\\\n", "//",
    "// lintas:tingkat: \"sulit\"", "$CATEGORY: x", "<b>tebal</b>", "a < b & c > d", "&lt;",
    "&#65;", "]]>", "<![CDATA[", "<!--", "*a*", "_b_", "__c__", "`d`", "1. satu", "- dua", "# tiga",
    "> empat", "![x](y.png)", "[teks](https://a.id)", "| a | b |\n| - | - |\n| 1 | 2 |", "_x0041_",
    "x_0041_y", "ANSWER: A", "A. satu", "3,14", "Benar", "é ü ß", "中文", "🙂", "\u00a0", "a\tb",
    "a  b", "a\n\n  b", "\\(x^2\\)", "$$x$$", "m<sup>2</sup>", "(c) ... -- \"kutip\"", "; , =",
    "lintas:jenis:berbobot",
]  # fmt: skip
_LETTERS = st.characters(exclude_categories=("Cs",), include_characters="~=#{}:\\\n\t<>&*_[]()|`")
_PIECES = st.one_of(st.sampled_from(NASTY), st.text(_LETTERS, max_size=12))
RAW = st.lists(_PIECES, min_size=1, max_size=4).map("".join)
TEXT = RAW.map(clean)
SOME_TEXT = TEXT.filter(bool)
LINE = RAW.map(one_line).filter(bool).map(lambda text: one_line(text[:50])).filter(bool)
PERCENT = st.one_of(
    st.integers(-100, 100).map(Decimal),
    st.integers(-9_999_999, 9_999_999).map(lambda n: Decimal(n).scaleb(-5).normalize()),
)
NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9),
                     max_value=10**9)  # fmt: skip


def _unique(values: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=least, max_size=most, unique=True)


@st.composite
def _choices(draw: Callable[[Any], Any], texts: Any, least: int, most: int) -> list[Choice]:
    found = []
    for text in draw(_unique(texts, least, most)):
        found.append(Choice(text, draw(PERCENT), feedback=draw(st.one_of(st.just(""), TEXT))))
    best = draw(st.integers(0, len(found) - 1))
    found[best] = replace(found[best], percent=FULL)
    return found


@st.composite
def items(draw: Callable[[Any], Any]) -> QuestionItem:
    """Any question that passes the checks."""
    kind = draw(st.sampled_from(list(QuestionKind)))
    given: dict[str, Any] = {}
    if kind == QuestionKind.SINGLE:
        given["choices"] = draw(_choices(SOME_TEXT, 2, 6))
    elif kind == QuestionKind.MULTIPLE:
        texts = draw(_unique(SOME_TEXT, 2, 6))
        right = draw(st.integers(1, len(texts)))
        share = (FULL / right).quantize(Decimal("0.00001")).normalize()
        given["choices"] = [
            Choice(text, share if place < right else -abs(draw(PERCENT)))
            for place, text in enumerate(texts)
        ]
    elif kind == QuestionKind.WEIGHTED:
        given["choices"] = [
            Choice(text, points=draw(st.integers(1, 5)), feedback=draw(TEXT))
            for text in draw(_unique(SOME_TEXT, 2, 5))
        ]
    elif kind == QuestionKind.TRUE_FALSE:
        is_true = draw(st.booleans())
        names = draw(st.one_of(st.just([TRUE, FALSE]), _unique(LINE, 2, 2)))
        given["choices"] = [
            Choice(names[0], FULL if is_true else NOTHING, feedback=draw(TEXT)),
            Choice(names[1], NOTHING if is_true else FULL, feedback=draw(TEXT)),
        ]
    elif kind == QuestionKind.SHORT:
        given["choices"] = draw(_choices(LINE, 1, 5))
    elif kind == QuestionKind.NUMERICAL:
        given["choices"] = [
            replace(choice, tolerance=Decimal(plain(abs(draw(NUMBER)))))
            for choice in draw(_choices(NUMBER.map(plain), 1, 4))
        ]
    elif kind == QuestionKind.MATCHING:
        prompts = draw(_unique(SOME_TEXT, 2, 5))
        pairs = [Pair(prompt, draw(SOME_TEXT)) for prompt in prompts]
        given["pairs"] = [
            *pairs,
            *(Pair("", draw(SOME_TEXT)) for _ in range(draw(st.integers(0, 2)))),
        ]
    else:
        given["rubric"] = [
            Criterion(draw(SOME_TEXT), draw(st.integers(1, 100)))
            for _ in range(draw(st.integers(1, 3)))
        ]
        given["guidance"] = draw(TEXT)
    item = QuestionItem(
        kind=kind,
        code=draw(LINE),
        stem=draw(SOME_TEXT),
        explanation=draw(TEXT),
        category=own_path(draw(st.lists(LINE, max_size=3).map("/".join))),
        tags=tags_from(",".join(draw(st.lists(LINE, max_size=3)))),
        difficulty=draw(st.sampled_from(list(Difficulty))),
        section=draw(st.one_of(st.just(""), LINE)),
        regulation=draw(st.one_of(st.just(""), LINE)),
        case_sensitive=kind == QuestionKind.SHORT and draw(st.booleans()),
        shuffle=draw(st.booleans()),
        **{name: tuple(v) if isinstance(v, list) else v for name, v in given.items()},
    )
    return item


def good_items() -> st.SearchStrategy[QuestionItem]:
    """Questions that may be stored."""
    return items().filter(lambda item: not faults(item))


def told(item: QuestionItem | None) -> str:
    """Return a question on one line, for tables of expected readings."""
    if item is None:
        return "-"
    parts = [f"{item.kind}: {item.stem}"]
    for choice in item.choices:
        worth = f"{choice.points}p" if choice.points else plain(choice.percent)
        wide = f"±{plain(choice.tolerance)}" if choice.tolerance else ""
        parts.append(
            f"[{worth}] {choice.text}{wide}" + (f" ({choice.feedback})" if choice.feedback else "")
        )
    parts += [f"{pair.prompt} -> {pair.answer}" for pair in item.pairs]
    parts += [f"{criterion.text} = {criterion.points}" for criterion in item.rubric]
    if item.guidance:
        parts.append(f"pedoman: {item.guidance}")
    if item.explanation:
        parts.append(f"bahas: {item.explanation}")
    return " | ".join(parts)
