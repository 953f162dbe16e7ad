"""The satisfaction index: vectors of the field, anonymity, and from how many answers it shows."""

import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tenant_apps.surveys.choices import Unsur

FORM = ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U9", "U8"]


def same(value: str) -> dict[str, Fraction]:
    """Return the same mean for all nine unsur."""
    return dict.fromkeys(Unsur.values, Fraction(value))


@pytest.mark.parametrize(
    ("mean", "value", "grade"),
    [
        ("4", "100.00", "A"),
        ("3", "75.00", "C"),
        ("3.5324", "88.31", "A"),
        ("3.0644", "76.61", "B"),
        ("2.6", "65.00", "C"),
        ("2.5996", "64.99", "D"),
        ("1", "25.00", "D"),
    ],
)
def test_vectors_of_equal_answers(mean: str, value: str, grade: str) -> None:
    """Weights are exactly 1/9, rounding is half-up, then the lower bounds are compared."""
    from tenant_apps.surveys.ikm import index_of

    index = index_of(same(mean), 1)
    assert index is not None
    assert (index.value, index.grade) == (Decimal(value), grade)


def test_vector_of_mixed_answers() -> None:
    """[3,4,3,4,3,4,3,4,3] → 86.11 B; nobody answered → nothing, not 0."""
    from tenant_apps.surveys.ikm import index_of

    index = index_of(dict(zip(Unsur.values, [3, 4, 3, 4, 3, 4, 3, 4, 3], strict=True)), 1)
    assert index is not None and (index.value, index.grade) == (Decimal("86.11"), "B")
    assert index_of(same("0"), 0) is None


def test_position_eight_asks_for_facilities() -> None:
    """Answers by position 4,4,4,4,4,4,4,1,4: U9 (sarana) is the weakest, not U8."""
    from tenant_apps.surveys.ikm import index_of
    from tenant_apps.surveys.questionnaire import QUESTIONS

    assert [str(question.unsur) for question in QUESTIONS] == FORM
    sums = dict(zip(FORM, [4, 4, 4, 4, 4, 4, 4, 1, 4], strict=True))
    index = index_of(sums, 1)
    assert index is not None and index.lowest == [str(Unsur.U9.label)]


def test_all_of_a_tie_are_named_but_never_the_fixed_cost() -> None:
    """A free service's cost counts as 4 and is not blamed."""
    from tenant_apps.surveys.ikm import index_of

    index = index_of(same("4"), 1, fixed=frozenset({"U4"}))
    assert index is not None
    assert str(Unsur.U4.label) not in index.lowest and len(index.lowest) == 8


def test_a_free_service_kept_at_four() -> None:
    """All else 3 and U4 kept at 4 → 77.78 B."""
    from tenant_apps.surveys.ikm import index_of

    index = index_of(same("3") | {"U4": Fraction(4)}, 1, fixed=frozenset({"U4"}))
    assert index is not None and (index.value, index.grade) == (Decimal("77.78"), "B")


@pytest.mark.django_db
def test_the_index_appears_from_five_answers(tenant_a: Any) -> None:
    """Four answers show nothing; the fifth does; U4 is stored though not asked."""
    from tenant_apps.surveys import selectors, services
    from tenants.schemas import in_tenant

    subject = uuid.uuid4()
    answers = {code: 3 for code in Unsur.values if code != "U4"}
    with in_tenant(tenant_a):
        for number in range(5):
            assert selectors.index(tenant_id=tenant_a.pk, subject_uuid=subject) is None, number
            services.send_response(
                subject_kind="topic",
                subject_uuid=subject,
                answers=answers,
                comment="",
                free_service=True,
            )
        index = selectors.index(tenant_id=tenant_a.pk, subject_uuid=subject)
    assert index is not None
    assert (index.value, index.answers) == (Decimal("77.78"), 5)


@pytest.mark.django_db
@pytest.mark.parametrize("bad", [{}, {"U1": 5}, {"U1": 0}])
def test_incomplete_answers_are_refused_by_name(tenant_a: Any, bad: dict[str, int]) -> None:
    """What is missing is named; nothing is stored."""
    from tenant_apps.surveys import services
    from tenant_apps.surveys.errors import SurveyIncomplete
    from tenant_apps.surveys.models import Response
    from tenants.schemas import in_tenant

    with in_tenant(tenant_a), pytest.raises(SurveyIncomplete) as refused:
        services.send_response(
            subject_kind="topic",
            subject_uuid=uuid.uuid4(),
            answers=bad,
            comment="",
            free_service=False,
        )
    assert len(refused.value.missing) == 9
    with in_tenant(tenant_a):
        assert not Response.objects.exists()
