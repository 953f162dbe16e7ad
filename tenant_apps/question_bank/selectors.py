"""Reads of the question bank."""

import random
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tenant_apps.question_bank.models import Question


def draw(
    *,
    category_ids: Sequence[uuid.UUID],
    count: int,
    seed: int,
    seen: Mapping[uuid.UUID, int],
) -> list[Question]:
    """Return up to `count` questions, those that the person saw least first.

    Within equals the draw spreads over the sections, so that no section goes unasked while
    another is asked twice; `seed` makes it repeatable.
    """
    chance = random.Random(seed)
    questions = list(
        Question.objects.filter(category_id__in=category_ids, retired=False).order_by("code")
    )
    chance.shuffle(questions)
    turns: dict[tuple[int, str], int] = defaultdict(int)
    ranked = []
    for question in questions:
        times = seen.get(question.pk, 0)
        turns[times, question.section] += 1
        ranked.append((times, turns[times, question.section], chance.random(), question))
    ranked.sort(key=lambda row: row[:3])
    chosen = [row[3] for row in ranked[:count]]
    chance.shuffle(chosen)
    return chosen
