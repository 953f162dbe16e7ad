"""Drawing by blueprint: exact and repeatable. Item analysis: as computed by hand."""

import math
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenant_apps.question_bank.drawing import _share_out
from tenants.schemas import in_tenant


@given(st.lists(st.tuples(st.integers(0, 4), st.sets(st.integers(0, 11))), min_size=1, max_size=5))
def test_as_many_as_can_be_given_at_all(parts: list[tuple[int, set[int]]]) -> None:
    """No question twice, only of the own pool, and never fewer than the best sharing out."""
    pools = [[uuid.UUID(int=n) for n in sorted(pool)] for _count, pool in parts]
    counts = [count for count, _pool in parts]
    given = _share_out(counts, pools)
    flat = [each for found in given for each in found]
    assert len(flat) == len(set(flat))
    for found, pool, count in zip(given, pools, counts, strict=True):
        assert set(found) <= set(pool) and len(found) <= count
    # Hall: the most that can be given is the least over all sets of parts left out.
    best = min(
        sum(counts[i] for i in range(len(parts)) if not mask >> i & 1)
        + len(set().union(*(parts[i][1] for i in range(len(parts)) if mask >> i & 1)))
        for mask in range(2 ** len(parts))
    )
    assert len(flat) == best


@pytest.fixture
def blueprint(tenant_a: Any) -> Iterator[Any]:
    """Nine questions in two categories, one within the other; two parts that share some."""
    from tenant_apps.question_bank.models import Blueprint, Category, Question

    with in_tenant(tenant_a):
        above = Category.objects.create(code="a", name="A")
        below = Category.objects.create(code="b", name="B", parent=above)
        for number in range(9):
            Question.objects.create(
                category=below if number < 4 else above, code=f"q{number}", kind="single",
                difficulty="hard" if number % 2 else "easy", body={}, key={},
            )  # fmt: skip
        made = Blueprint.objects.create(name="Uji", shuffle_questions=False)
        made.parts.create(position=1, category=above, difficulty="", count=5)
        made.parts.create(position=2, category=below, difficulty="hard", count=2)
        yield made


@pytest.mark.django_db
def test_a_draw_is_exact_and_repeatable(blueprint: Any) -> None:
    """The part that can take any leaves the only fitting ones to the other."""
    from tenant_apps.question_bank.drawing import draw_blueprint, supplies

    draws = [draw_blueprint(blueprint, seed=seed, seen={}) for seed in (1, 1, 2, 3, 4)]
    assert draws[0] == draws[1]
    assert len({tuple(q.code for q in row) for row in draws}) > 1
    for row in draws:
        assert len({q.pk for q in row}) == 7
        assert {q.code for q in row[5:]} == {"q1", "q3"}
    seen = Counter(q.pk for q in draws[0][:5])
    fresh = draw_blueprint(blueprint, seed=9, seen=seen)
    assert len({q.pk for q in fresh[:5]} - set(seen)) == 2
    rows = supplies(list(blueprint.parts.order_by("position")))
    assert [(row.fitting, row.missing) for row in rows] == [(9, 0), (2, 0)]


@pytest.mark.django_db
def test_what_is_missing_is_named(blueprint: Any) -> None:
    """A retired question no longer counts; nothing shorter is drawn."""
    from tenant_apps.question_bank.drawing import draw_blueprint, supplies
    from tenant_apps.question_bank.errors import NotEnoughQuestions
    from tenant_apps.question_bank.models import Question

    Question.objects.filter(code="q1").update(retired=True)
    rows = supplies(list(blueprint.parts.order_by("position")))
    assert [(row.fitting, row.missing) for row in rows] == [(8, 0), (1, 1)]
    with pytest.raises(NotEnoughQuestions):
        draw_blueprint(blueprint, seed=1, seen={})


def statistic(pairs: list[tuple[float, float]], **more: Any) -> Any:
    """Return the sums of (share of the question, share of the rest)."""
    from tenant_apps.question_bank.models import ItemStatistic
    from tenant_apps.question_bank.services.statistics import SUMS, Outcomes

    found = Outcomes()
    for share, rest in pairs:
        found.add(share=share, rest=rest, blank=False, picks=[])
    return ItemStatistic(**{name: getattr(found, name) for name in SUMS}, **more)


def test_figures_as_computed_by_hand() -> None:
    """Five people: right, right, wrong, right, wrong; rest 0.9, 0.8, 0.4, 0.6, 0.3."""
    from tenant_apps.question_bank.analysis import analyse

    found = analyse([statistic([(1, 0.9), (1, 0.8), (0, 0.4), (1, 0.6), (0, 0.3)])], None)
    assert found.p == 0.6 and found.right == 3
    # (mean of the right − mean of the wrong) / spread · √(p·q), all of the population.
    right, wrong = (0.9 + 0.8 + 0.6) / 3, (0.4 + 0.3) / 2
    mean = (0.9 + 0.8 + 0.4 + 0.6 + 0.3) / 5
    spread = math.sqrt(sum((y - mean) ** 2 for y in (0.9, 0.8, 0.4, 0.6, 0.3)) / 5)
    expected = (right - wrong) / spread * math.sqrt(0.6 * 0.4)
    assert found.r is not None and math.isclose(found.r, expected, abs_tol=1e-9)
    assert round(found.r, 4) == 0.8951


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([], ["Belum ada jawaban"]),
        ([(1, 0.5)] * 29, ["Baru 29 jawaban"]),
        ([(1, 0.5)] * 96 + [(0, 0.5)] * 4, ["terlalu mudah: 96 dari 100"]),
        ([(1, 0.5)] * 3 + [(0, 0.5)] * 27, ["terlalu sulit: 3 dari 30"]),
        (
            [(1, 0.2)] * 20 + [(0, 0.9)] * 20,
            ["kesulitannya baik", "justru lebih sering salah"],
        ),
        ([(1, 0.9)] * 20 + [(0, 0.2)] * 20, ["membedakan yang menguasai materi dengan baik"]),
        ([(1, 0.5)] * 20 + [(0, 0.5)] * 20, ["belum dapat dihitung"]),
    ],
)
def test_plain_sentences(pairs: list[tuple[float, float]], words: list[str]) -> None:
    from tenant_apps.question_bank.analysis import analyse, findings

    said = " ".join(each.text for each in findings(analyse([statistic(pairs)], None), 30))
    assert all(word in said for word in words), said


def test_distractors() -> None:
    """An idle distractor and one that beats the key are named."""
    from tenant_apps.question_bank.analysis import analyse, findings
    from tenant_apps.question_bank.models import QuestionVersion

    version = QuestionVersion(
        kind="single", key={"right": "a"},
        body={"options": [{"id": i, "html": f"<em>{i}</em>!"} for i in "abc"]},
    )  # fmt: skip
    row = statistic([(1, 0.9)] * 15 + [(0, 0.2)] * 25, picks={"a": 15, "b": 25})
    found = analyse([row], version)
    assert [(o.text, o.is_right, o.count, o.percent) for o in found.options] == [
        ("a!", True, 15, 38), ("b!", False, 25, 62), ("c!", False, 0, 0),
    ]  # fmt: skip
    said = " ".join(each.text for each in findings(found, 30))
    assert "“b!” lebih sering dipilih" in said and "“c!”" in said
