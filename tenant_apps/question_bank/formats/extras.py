"""What other programs have no place for: difficulty, section, regulation, rubric, weighted points.

It travels as (key, value) pairs: GIFT writes them as comments, Moodle XML as tags
`lintas:kunci:nilai`, which survive a stay in Moodle.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.formats.texts import clean, one_line
from tenant_apps.question_bank.items import FALSE, TRUE, Choice, Criterion, QuestionItem

LEVELS = {Difficulty.EASY: "mudah", Difficulty.MEDIUM: "sedang", Difficulty.HARD: "sulit"}
_LEVEL_OF = {name: level for level, name in LEVELS.items()}
WEIGHTED = ("jenis", "berbobot")
KEYS = frozenset({
    "jenis", "tingkat", "bagian", "acuan", "rubrik", "pedoman", "huruf-besar-kecil", "acak",
    "pilihan",
})  # fmt: skip
_CRITERION = re.compile(r"(\d{1,3}) (.*)", re.S)


@dataclass
class Extras:
    """The pairs of one question, collected."""

    pairs: dict[str, list[str]] = field(default_factory=dict)

    def add(self, key: str, value: str) -> bool:
        """Keep a pair; say whether the key is one of ours."""
        if key not in KEYS:
            return False
        self.pairs.setdefault(key, []).append(value)
        return True

    def one(self, key: str) -> str:
        """Return the first value of a key."""
        return self.pairs.get(key, [""])[0]

    @property
    def is_weighted(self) -> bool:
        """Whether the percents stand for the points of a weighted question."""
        return WEIGHTED[1] in self.pairs.get(WEIGHTED[0], [])

    @property
    def is_short(self) -> bool:
        """Whether `->` in the answers is text, not the arrow of a matching question."""
        return "isian" in self.pairs.get("jenis", [])


def of(item: QuestionItem, *, has_shuffle: bool, has_case: bool) -> list[tuple[str, str]]:
    """Return the pairs of a question; the format itself may carry shuffling and letter case."""
    pairs = []
    if item.kind == QuestionKind.WEIGHTED:
        pairs.append(WEIGHTED)
    texts = [choice.text for choice in item.choices]
    if item.kind == QuestionKind.TRUE_FALSE and texts != [TRUE, FALSE]:
        pairs += [("pilihan", text) for text in texts]
    if item.difficulty != Difficulty.MEDIUM:
        pairs.append(("tingkat", LEVELS[Difficulty(item.difficulty)]))
    if item.section:
        pairs.append(("bagian", item.section))
    if item.regulation:
        pairs.append(("acuan", item.regulation))
    pairs += [("rubrik", f"{criterion.points} {criterion.text}") for criterion in item.rubric]
    if not item.shuffle and not has_shuffle:
        pairs.append(("acak", "tidak"))
    if item.case_sensitive and not has_case:
        pairs.append(("huruf-besar-kecil", "ya"))
    return pairs


def put(item: QuestionItem, extras: Extras) -> QuestionItem:
    """Return the question with what its pairs say."""
    if extras.is_weighted and item.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        item = replace(
            item,
            kind=QuestionKind.WEIGHTED,
            choices=tuple(_points(choice) for choice in item.choices),
        )
    names = [clean(text) for text in extras.pairs.get("pilihan", [])]
    if item.kind == QuestionKind.TRUE_FALSE and len(names) == 2:
        pairs = zip(item.choices, names, strict=False)
        item = replace(item, choices=tuple(replace(choice, text=text) for choice, text in pairs))
    level = _LEVEL_OF.get(extras.one("tingkat").casefold(), item.difficulty)
    rubric = [_CRITERION.fullmatch(value) for value in extras.pairs.get("rubrik", [])]
    return replace(
        item,
        difficulty=level,
        section=one_line(extras.one("bagian")) or item.section,
        regulation=one_line(extras.one("acuan")) or item.regulation,
        guidance=clean(extras.one("pedoman")) or item.guidance,
        rubric=tuple(_criteria(rubric)) or item.rubric,
        shuffle=item.shuffle and extras.one("acak") != "tidak",
        case_sensitive=item.case_sensitive or extras.one("huruf-besar-kecil") == "ya",
    )


def _criteria(found: Iterable[re.Match[str] | None]) -> list[Criterion]:
    return [Criterion(clean(match[2]), int(match[1])) for match in found if match]


def _points(choice: Choice) -> Choice:
    """Return a choice with the points that its percent stands for: 20 a point."""
    points = choice.percent / 20
    whole = int(points) if points == int(points) else 0
    return Choice(text=choice.text, points=whole, feedback=choice.feedback)
