"""A question as its author writes it: what forms, imports and exports have in common.

Texts are Markdown; images are named as `![alt](name)` and travel in `images`. Everything here is
plain data without a database behind it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tenant_apps.question_bank.choices import Difficulty, QuestionKind

FULL = Decimal(100)
NOTHING = Decimal(0)
#: The usual options of a true/false question; the first one says that it is true.
TRUE, FALSE = "Benar", "Salah"


@dataclass(frozen=True)
class Choice:
    """One option, or one accepted answer of a short or numerical question.

    `percent` is the share of the question's points, -100 to 100 with at most five decimals (single,
    multiple, true/false, short, numerical). `points` are the 1 to 5 points of a weighted option.
    `tolerance` belongs to numerical answers: right from `value - tolerance` to `value + tolerance`.
    """

    text: str
    percent: Decimal = NOTHING
    points: int = 0
    tolerance: Decimal = NOTHING
    feedback: str = ""


@dataclass(frozen=True)
class Pair:
    """One row of a matching question; an empty `prompt` makes the answer a distractor."""

    prompt: str
    answer: str


@dataclass(frozen=True)
class Criterion:
    """One line of an essay's rubric, and the most points that it gives."""

    text: str
    points: int


@dataclass(frozen=True)
class QuestionItem:
    """One question as written.

    - single, true_false: `choices`, one of them with percent 100 (true_false: two)
    - multiple: `choices`; the percents of the right ones add up to 100
    - weighted: `choices` with points 1 to 5
    - short: `choices` are accepted answers, `*` stands for any text; `case_sensitive`
    - numerical: `choices` whose text is a decimal number with a point
    - matching: `pairs`
    - essay: `rubric`, and `guidance` for who marks it
    """

    kind: QuestionKind
    code: str
    stem: str
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    guidance: str = ""
    explanation: str = ""
    category: str = ""  # path of names, see `split_path`
    tags: tuple[str, ...] = ()
    difficulty: Difficulty = Difficulty.MEDIUM
    section: str = ""  # key of the section of the material
    regulation: str = ""  # what the question rests on, as people cite it
    case_sensitive: bool = False
    shuffle: bool = True
    images: Mapping[str, bytes] = field(default_factory=dict)


def split_path(path: str) -> list[str]:
    """Return the names of a category's path; `/` parts them, `//` is one `/` within a name."""
    parts = re.split(r"(?<!/)/(?!/)", path)
    names = (" ".join(part.replace("//", "/").split()) for part in parts)
    return [name for name in names if name]


def join_path(names: Iterable[str]) -> str:
    """Return the path that `split_path` takes apart."""
    return "/".join(name.replace("/", "//") for name in names)
