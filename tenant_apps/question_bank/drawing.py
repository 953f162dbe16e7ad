"""Drawing the questions of a test: repeatable from a seed, least seen first, exact by blueprint."""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import Difficulty
from tenant_apps.question_bank.errors import NotEnoughQuestions
from tenant_apps.question_bank.models import Blueprint, BlueprintPart, Category, Question

Seen = Mapping[uuid.UUID, int]


def draw(*, category_ids: Sequence[uuid.UUID], count: int, seed: int, seen: Seen) -> list[Question]:
    """Return up to `count` questions, those that the person saw least first.

    Within equals the draw spreads over the sections, so that no section goes unasked while
    another is asked twice; `seed` makes it repeatable.
    """
    chance = random.Random(seed)
    questions = list(
        Question.objects.filter(category_id__in=category_ids, retired=False).order_by("code")
    )
    chosen = _ranked(questions, chance, seen)[:count]
    chance.shuffle(chosen)
    return chosen


def _ranked(questions: list[Question], chance: random.Random, seen: Seen) -> list[Question]:
    chance.shuffle(questions)
    turns: dict[tuple[int, str], int] = defaultdict(int)
    ranked = []
    for question in questions:
        times = seen.get(question.pk, 0)
        turns[times, question.section] += 1
        ranked.append((times, turns[times, question.section], chance.random(), question))
    ranked.sort(key=lambda row: row[:3])
    return [row[3] for row in ranked]


def draw_blueprint(blueprint: Blueprint, *, seed: int, seen: Seen) -> list[Question]:
    """Return exactly what a blueprint asks for, no question twice.

    In the order of the parts unless the blueprint shuffles. Raises NotEnoughQuestions.
    """
    parts = list(blueprint.parts.order_by("position"))
    pools = _pools(parts)
    chance = random.Random(seed)
    ids = {question_id for pool in pools for question_id in pool}
    questions = {
        question.pk: question
        for question in Question.objects.filter(pk__in=ids).order_by("code", "pk")
    }
    ranked = [
        [row.pk for row in _ranked([questions[each] for each in pool], chance, seen)]
        for pool in pools
    ]
    given = _share_out([part.count for part in parts], ranked)
    if any(len(found) < part.count for part, found in zip(parts, given, strict=True)):
        raise NotEnoughQuestions(
            _("Bank soal belum cukup untuk tes ini. Hubungi penyelenggaranya.")
        )
    chosen = [questions[each] for found in given for each in found]
    if blueprint.shuffle_questions:
        chance.shuffle(chosen)
    return chosen


@dataclass(frozen=True)
class Supply:
    """One part of a blueprint against the bank: how many fit, and how many are missing."""

    part: BlueprintPart
    fitting: int
    missing: int


def supplies(parts: Sequence[BlueprintPart]) -> list[Supply]:
    """Return for each part what the bank has; a question shared by parts counts once."""
    pools = _pools(parts)
    given = _share_out([part.count for part in parts], pools)
    return [
        Supply(part, len(pool), part.count - len(found))
        for part, pool, found in zip(parts, pools, given, strict=True)
    ]


def subtree(tree: Iterable[Category], root: uuid.UUID) -> set[uuid.UUID]:
    """Return the ids of a category and all below it."""
    below: dict[uuid.UUID | None, list[uuid.UUID]] = defaultdict(list)
    for category in tree:
        below[category.parent_id].append(category.pk)
    found, waiting = set(), [root]
    while waiting:
        here = waiting.pop()
        found.add(here)
        waiting += below[here]
    return found


def _pools(parts: Sequence[BlueprintPart]) -> list[list[uuid.UUID]]:
    """Return the questions that fit each part, in a fixed order: two queries."""
    if not parts:
        return []
    tree = list(Category.objects.only("pk", "parent_id"))
    within = [subtree(tree, part.category_id) for part in parts]
    every: set[uuid.UUID] = set().union(*within)
    rows = list(
        Question.objects.filter(category_id__in=every, retired=False)
        .order_by("code", "pk")
        .values_list("pk", "category_id", "difficulty")
    )
    return [
        [
            pk
            for pk, category_id, difficulty in rows
            if category_id in ids and part.difficulty in ("", difficulty)
        ]
        for part, ids in zip(parts, within, strict=True)
    ]


def _share_out(counts: list[int], pools: list[list[uuid.UUID]]) -> list[list[uuid.UUID]]:
    """Give each part questions of its pool, each question once, as many as can be given at all.

    Augmenting paths: a part that finds its questions taken asks the part that has one to take
    another. Earlier entries of a pool are preferred.
    """
    owner: dict[uuid.UUID, int] = {}
    given: list[list[uuid.UUID]] = [[] for _count in counts]

    def take(part: int, tried: set[uuid.UUID]) -> bool:
        for question in pools[part]:
            if question not in owner:
                owner[question] = part
                given[part].append(question)
                return True
        for question in pools[part]:
            other = owner[question]
            if other == part or question in tried:
                continue
            tried.add(question)
            if take(other, tried):
                given[other].remove(question)
                owner[question] = part
                given[part].append(question)
                return True
        return False

    for part, count in enumerate(counts):
        for _turn in range(count):
            if not take(part, set()):
                break
    return given


def difficulty_label(part: BlueprintPart) -> str:
    """Return the difficulty of a part in words."""
    return str(Difficulty(part.difficulty).label) if part.difficulty else _("semua kesulitan")
