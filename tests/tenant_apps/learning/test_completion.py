"""The curriculum's shares, the pass mark, and the draw of questions."""

from collections import Counter
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenant_apps.learning.rules import has_passed
from tenant_apps.learning.services.completion import as_printed, curriculum


@given(
    st.lists(st.integers(0, 3000), min_size=1, max_size=12),
    st.decimals("0.12", "40", places=2),
)
def test_shares_add_up_exactly(words: list[int], jp: Decimal) -> None:
    """Whatever the sections' lengths, the JP per subject sum to the programme's."""
    rows = curriculum([SimpleNamespace(title="x", words=count) for count in words], jp)  # type: ignore[misc]
    assert sum(Decimal(row["jp"]) for row in rows) == jp
    assert len(rows) == len(words)


@given(st.integers(1, 400), st.decimals("0", "1", places=6))
def test_points_rounded_down_keep_the_score(most: int, share: Decimal) -> None:
    """Two decimals never lose a whole point of 100, so no pass looks like a fail."""
    points = (most * share).quantize(Decimal("0.000001"))
    printed = as_printed(points)
    assert printed <= points and 100 * printed // most == 100 * points // most


@pytest.mark.parametrize(
    ("right", "total", "passed"),
    [
        (7, 10, True),
        (13, 20, False),
        (14, 20, True),
        (16, 23, False),
        (17, 23, True),
        (0, 0, False),
    ],
)
def test_pass_mark_vectors(right: int, total: int, passed: bool) -> None:
    """70 % of the questions answered right, in integers."""
    assert has_passed(right=right, total=total, pass_percent=70) is passed


@pytest.mark.django_db
def test_draw_takes_the_unseen_first_and_spreads_over_sections(tenant_a: Any) -> None:
    """Ten of twenty over five sections: two each; what was seen comes last; the seed repeats."""
    from tenant_apps.question_bank.models import Category, Question
    from tenant_apps.question_bank.selectors import draw
    from tenants.schemas import in_tenant

    with in_tenant(tenant_a):
        category = Category.objects.create(code="c", name="c")
        for number in range(20):
            Question.objects.create(
                category=category, code=f"q{number}", kind="single", section=f"s{number % 5}",
                body={}, key={},
            )  # fmt: skip
        ids = [category.pk]
        first = draw(category_ids=ids, count=10, seed=1, seen={})
        assert first == draw(category_ids=ids, count=10, seed=1, seen={})
        assert set(Counter(q.section for q in first).values()) == {2}
        seen = Counter(q.pk for q in first)
        second = draw(category_ids=ids, count=10, seed=1, seen=seen)
        assert not {q.pk for q in first} & {q.pk for q in second}
        third = draw(category_ids=ids, count=15, seed=3, seen=seen)
        assert len({q.pk for q in third} - set(seen)) == 10
