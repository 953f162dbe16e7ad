"""Points by kind of question: exact, hand-computed, never outside of what a question gives."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenant_apps.sittings.answers import fits, is_number
from tenant_apps.sittings.scoring import kept, matches, most_points, number, points

THIRDS = {"1": "33.33333", "2": "33.33333", "3": "33.33333", "4": "-50", "5": "0"}
MULTIPLE = {"percents": THIRDS}
MATCHING = {"pairs": {"1": "2", "2": "1", "3": "2"}}
SINGLE = {"right": "2"}
PARTIAL = {"right": "2", "percents": {"1": "50", "2": "100", "3": "-25"}}
TKP = {"points": {"1": 3, "2": 5, "3": 1, "4": 4, "5": 2}}
SHORT = {
    "accepted": [{"text": "Pejabat *", "percent": "100"}, {"text": "PyB", "percent": "50"}],
    "case_sensitive": False,
}
NUMERICAL = {
    "accepted": [
        {"value": "12.5", "tolerance": "0.1", "percent": "100"},
        {"value": "12.5", "tolerance": "1", "percent": "40"},
    ]
}


@pytest.mark.parametrize(
    ("kind", "key", "answer", "expected"),
    [
        ("single", SINGLE, "2", 1),
        ("single", SINGLE, "1", 0),
        ("single", SINGLE, "", 0),
        ("true_false", SINGLE, "2", 1),
        ("single", PARTIAL, "1", Fraction(1, 2)),
        ("single", PARTIAL, "3", 0),
        ("multiple", MULTIPLE, "1,2,3", 1),
        ("multiple", MULTIPLE, "1", Fraction(1, 3)),
        ("multiple", MULTIPLE, "1,2,5", Fraction(2, 3)),
        ("multiple", MULTIPLE, "4", 0),
        ("multiple", MULTIPLE, "", 0),
        ("multiple", {"percents": {"1": "50", "2": "50", "3": "-100"}}, "1,3", 0),
        ("multiple", {"percents": {"1": "50", "2": "50", "3": "-25"}}, "1,2,3", Fraction(3, 4)),
        ("matching", MATCHING, "1:2,2:1,3:2", 1),
        ("matching", MATCHING, "1:2,2:2", Fraction(1, 3)),
        ("matching", MATCHING, "3:1", 0),
        ("weighted", TKP, "2", 5),
        ("weighted", TKP, "3", 1),
        ("weighted", TKP, "", 0),
        ("short", SHORT, "pejabat  yang berwenang", 1),
        ("short", SHORT, " PYB ", Fraction(1, 2)),
        ("short", SHORT, "pejabat", 0),
        ("short", {**SHORT, "case_sensitive": True}, "pyb", 0),
        ("numerical", NUMERICAL, "12,5", 1),
        ("numerical", NUMERICAL, "12.6", 1),
        ("numerical", NUMERICAL, "12,61", Fraction(2, 5)),
        ("numerical", NUMERICAL, "11.5", Fraction(2, 5)),
        ("numerical", NUMERICAL, "13,50001", 0),
        ("numerical", {"accepted": [{"value": "-3", "tolerance": "0", "percent": "100"}]}, "−3", 1),
        ("essay", {"rubric": [{"text": "a", "points": 4}]}, "", 0),
        ("essay", {"rubric": [{"text": "a", "points": 4}]}, "Jawaban", None),
    ],
)
def test_points(kind: str, key: dict[str, Any], answer: str, expected: Any) -> None:
    assert points(kind, key, answer) == expected


def test_most_points() -> None:
    """SKD's TKP: 45 questions of at most 5 make 225."""
    assert 45 * most_points("weighted", TKP) == 225
    assert most_points("essay", {"rubric": [{"points": 4}, {"points": 6}]}) == 10
    assert {most_points(kind, {}) for kind in ("single", "multiple", "matching", "short")} == {1}


PAIRS = st.dictionaries(st.sampled_from("123"), st.sampled_from("12"))


@given(st.sets(st.sampled_from("12345")), PAIRS)
def test_points_stay_within_the_question(ids: set[str], pairs: dict[str, str]) -> None:
    """Whatever is ticked, a question gives neither less than nothing nor more than it has."""
    for kind, key, answer in (
        ("multiple", MULTIPLE, ",".join(sorted(ids))),
        ("matching", MATCHING, ",".join(f"{k}:{v}" for k, v in sorted(pairs.items()))),
    ):
        earned = points(kind, key, answer)
        assert earned is not None and 0 <= earned <= 1


@given(
    st.lists(st.fractions(0, 1, max_denominator=40), min_size=1, max_size=30),
    st.integers(1, 100),
)
def test_cutting_after_six_places_never_changes_who_passes(
    earned: list[Fraction], percent: int
) -> None:
    """Stored points decide as the exact ones would."""
    exact = 100 * sum(earned) >= percent * len(earned)
    assert (100 * kept(Fraction(sum(earned))) >= percent * len(earned)) is exact


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1500", 1500), ("12,5", Decimal("12.5")), ("12.5", Decimal("12.5")),
        ("0.125", Decimal("0.125")), ("0,125", Decimal("0.125")), ("+7", 7),
        ("-7,0", -7), ("1,500", Decimal("1.5")),
        ("1.500", None), ("1.500.000", None), ("1,2,3", None), ("12,", None), (",5", None),
        ("1e3", None), ("dua", None), ("", None), ("٣", None), ("9" * 19, None),
    ],
)  # fmt: skip
def test_numbers_with_comma_or_point(text: str, value: Any) -> None:
    """Both are decimal marks; what could also be thousands is refused, not guessed."""
    assert number(text) == (None if value is None else Fraction(value))
    assert is_number(text) is (value is not None)


@pytest.mark.parametrize(
    ("pattern", "answer", "same"),
    [
        ("*", "apa saja", True), ("a*c", "abc", True), ("a*c", "ac", True), ("a*c", "ab", False),
        ("*b*", "abc", True), ("a*a", "a", False), (r"2 \* 3", "2 * 3", True),
        (r"2 \* 3", "2 x 3", False), ("Straße", "STRASSE", True), ("a*b*c", "a c b", False),
    ],
)  # fmt: skip
def test_wildcards(pattern: str, answer: str, same: bool) -> None:
    assert matches(pattern, answer, case_sensitive=False) is same


def test_many_wildcards_take_no_time() -> None:
    """What would let a regular expression run for hours is decided at once."""
    assert not matches("a*" * 100 + "b", "a" * 500, case_sensitive=False)


BODY = {
    "options": [{"id": "1"}, {"id": "2"}, {"id": "3"}],
    "prompts": [{"id": "1"}, {"id": "2"}],
}
SHAPES = [
    ("single", "2", True), ("single", "4", False), ("single", "1,2", False),
    ("single", "1:1", False),
    ("true_false", "1", True), ("weighted", "3", True), ("weighted", "9", False),
    ("multiple", "1,3", True), ("multiple", "3,1", False), ("multiple", "1,1", False),
    ("multiple", "1,9", False), ("multiple", "1:1", False), ("multiple", "01", False),
    ("matching", "1:3,2:3", True), ("matching", "2:1", True), ("matching", "3:1", False),
    ("matching", "1:9", False), ("matching", "1:1,1:2", False), ("matching", "1", False),
    ("matching", "2:1,1:1", False), ("short", "1:1", True), ("short", "x" * 501, False),
    ("numerical", "12,5", True), ("numerical", "1.500", False), ("numerical", "dua", False),
    ("essay", "baris\nbaris", True), ("essay", "x" * 20_001, False), ("single", "", True),
    ("essay", "", True), ("matching", "", True),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "answer", "good"), SHAPES)
def test_answers_that_fit(kind: str, answer: str, good: bool) -> None:
    assert fits(kind, BODY, answer) is good


@pytest.mark.django_db
def test_the_statement_that_saves_agrees(tenant_a: Any, make_account: Any) -> None:
    """The database accepts exactly what `fits` accepts: foreign ids, other kinds' shapes, size."""
    import uuid

    from tenant_apps.members.services.joining import join
    from tenant_apps.sittings.errors import AnswerNotValid
    from tenant_apps.sittings.models import PaperItem, Sitting
    from tenant_apps.sittings.services.taking import Answer, save_answer
    from tenants.schemas import in_tenant

    account = make_account()
    with in_tenant(tenant_a):
        join(account_id=account.pk)
        sitting = Sitting.objects.create(
            member_id=account.pk, subject_kind="topic", subject_uuid=uuid.uuid4(), purpose="post",
            seed=1, total=len(SHAPES), max_points=1,
        )  # fmt: skip
        for position, (kind, answer, good) in enumerate(SHAPES, start=1):
            PaperItem.objects.create(
                sitting=sitting, position=position, question_id=uuid.uuid4(), question_version=1,
                kind=kind, body=BODY, key={},
            )  # fmt: skip
            try:
                save_answer(
                    sitting_id=sitting.pk,
                    member_id=account.pk,
                    answer=Answer(position, answer, False, 1),
                )
                saved = True
            except AnswerNotValid as error:
                saved = False
                assert str(error)
            assert saved is good, (kind, answer[:20])
