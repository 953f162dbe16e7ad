"""What an answer looks like for each kind of question: read from forms, checked, compared.

An answer is one text: the id of an option; ids in order with commas (multiple); `prompt:option`
pairs in order with commas (matching); or what the person wrote. Empty means not answered.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from toolkit.whole_numbers import whole_number

ONE_OF = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE, QuestionKind.WEIGHTED)
WRITTEN = (QuestionKind.SHORT, QuestionKind.NUMERICAL, QuestionKind.ESSAY)
MOST_OPTIONS = 20
LONGEST = {
    QuestionKind.SHORT: 500,
    QuestionKind.NUMERICAL: 40,
    QuestionKind.ESSAY: 20_000,
}
_ID = re.compile(r"[\w-]{1,40}", re.ASCII)
_SET = re.compile(r"\d{1,2}(,\d{1,2}){0,19}", re.ASCII)
_PAIRS = re.compile(r"\d{1,2}:\d{1,2}(,\d{1,2}:\d{1,2}){0,19}", re.ASCII)
# A comma or a point is the decimal mark. `1.500` could mean both one and a half and one thousand
# five hundred: it is refused rather than guessed.
_NUMBER = re.compile(r"[+\-−]?\d{1,18}([.,]\d{1,18})?", re.ASCII)
_EITHER = re.compile(r"[+\-−]?[1-9]\d{0,2}\.\d{3}", re.ASCII)


@dataclass(frozen=True)
class Answer:
    """One answer as the browser sends it; `seq` is one more than the last that it knows of."""

    position: int
    answer: str
    doubtful: bool
    seq: int


def read_answer(fields: QueryDict, position: int) -> Answer | None:
    """Return the answer of one question from a posted form; None if its fields are unusable.

    Fields: `jawaban-<n>` (option id, several of them, or a text), `jawaban-<n>-<prompt>` (option
    id) for matching, `ragu-<n>`, `seq-<n>` (last number known).
    """
    seq = whole_number(fields.get(f"seq-{position}", ""), digits=7)
    name = f"jawaban-{position}"
    values = [value for value in fields.getlist(name) if value]
    if seq is None or any("\0" in value for value in values):
        return None
    if len(values) > 1:
        if not all(whole_number(value, digits=2) for value in values):
            return None
        text = ",".join(str(number) for number in sorted({int(value) for value in values}))
    elif values:
        text = values[0].replace("\r\n", "\n").strip()
    else:
        text = _read_pairs(fields, name)
    return Answer(position, text, bool(fields.get(f"ragu-{position}")), seq + 1)


def _read_pairs(fields: QueryDict, name: str) -> str:
    chosen = ((number, fields.get(f"{name}-{number}", "")) for number in range(1, MOST_OPTIONS + 1))
    return ",".join(f"{number}:{option[:40]}" for number, option in chosen if option)


def ids_of(answer: str) -> list[str]:
    """Return the ids of an answer to a multiple question."""
    return answer.split(",") if answer else []


def pairs_of(answer: str) -> dict[str, str]:
    """Return {prompt: option} of an answer to a matching question."""
    return dict(pair.split(":", 1) for pair in answer.split(",")) if answer else {}


def is_number(text: str) -> bool:
    """Say whether a text is a number that can be read in one way only."""
    return bool(_NUMBER.fullmatch(text)) and not _EITHER.fullmatch(text)


def _named(**lists: list[str]) -> str:
    return json.dumps({name: [{"id": each} for each in ids] for name, ids in lists.items()})


def needed(answer: str) -> dict[str, Any]:
    """Return what the body of a question must contain for the answer to fit, for each shape.

    JSON documents for the database, None where the answer has not this shape; and whether a
    number can be read, and the length.
    """
    as_set = as_pairs = None
    if _SET.fullmatch(answer):
        ids = ids_of(answer)
        if ids == [str(number) for number in sorted({int(each) for each in ids})]:
            as_set = _named(options=ids)
    if _PAIRS.fullmatch(answer):
        pairs = pairs_of(answer)
        order = [int(prompt) for prompt in pairs]
        if order == sorted(order) and answer.count(":") == len(pairs):
            as_pairs = _named(prompts=list(pairs), options=list(pairs.values()))
    return {
        "as_one": _named(options=[answer]) if _ID.fullmatch(answer) else None,
        "as_set": as_set,
        "as_pairs": as_pairs,
        "as_number": is_number(answer),
        "length": len(answer),
    }


# The same as `fits`, for the one statement that saves.
FITS = f"""
(%(answer)s = '' OR CASE item.kind
    WHEN 'multiple' THEN item.body @> %(as_set)s::jsonb
    WHEN 'matching' THEN item.body @> %(as_pairs)s::jsonb
    WHEN 'numerical' THEN %(as_number)s AND %(length)s <= {LONGEST[QuestionKind.NUMERICAL]}
    WHEN 'short' THEN %(length)s <= {LONGEST[QuestionKind.SHORT]}
    WHEN 'essay' THEN %(length)s <= {LONGEST[QuestionKind.ESSAY]}
    ELSE item.body @> %(as_one)s::jsonb END)
"""


def fits(kind: str, body: dict[str, Any], answer: str) -> bool:
    """Say whether an answer is one that this question can have."""
    if not answer:
        return True
    found = needed(answer)
    if kind in LONGEST:
        short_enough = found["length"] <= LONGEST[QuestionKind(kind)]
        return short_enough and (kind != QuestionKind.NUMERICAL or found["as_number"])
    shape = {QuestionKind.MULTIPLE: "as_set", QuestionKind.MATCHING: "as_pairs"}.get(
        QuestionKind(kind), "as_one"
    )
    if found[shape] is None:
        return False
    return all(
        _contains(body.get(name, []), rows) for name, rows in json.loads(found[shape]).items()
    )


def _contains(have: list[dict[str, Any]], rows: list[dict[str, Any]]) -> bool:
    return {row["id"] for row in rows} <= {row["id"] for row in have}


def why_not(kind: str) -> str:
    """Return the sentence for an answer that does not fit."""
    if kind == QuestionKind.NUMERICAL:
        return _("Tulis angka saja, misalnya 1500 atau 12,5; ribuan tanpa titik.")
    if kind in LONGEST:
        return _("Jawaban paling panjang {longest} huruf.").format(
            longest=LONGEST[QuestionKind(kind)]
        )
    return _("Jawaban ini bukan salah satu pilihan soal.")
