"""The calculation of JP: vectors of the field's rules that touch e-learning, and exactness."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared_apps.recognition.choices import CapMode
from shared_apps.recognition.services.rules import Amounts, Conversion, compute

D = Decimal
CAP = Conversion(D(1), D(3), CapMode.TRUNCATE)
FLAG = Conversion(D(1), D(3), CapMode.FLAG)
OFF = Conversion(D(1), D(3), CapMode.OFF)


def same_day(rule: Conversion, *claims: str) -> list[Amounts]:
    """Return the amounts of several courses that end on one day, in order of recording."""
    used, found = D(0), []
    for claim in claims:
        found.append(compute(rule, D(claim), (used,)))
        used += found[-1].credited
    return found


def test_three_topics_on_one_day() -> None:
    capped = same_day(CAP, "2", "2", "2")
    assert [a.credited for a in capped] == [2, 1, 0]
    assert [a.printed for a in capped] == [2, 2, 2]
    assert [a.cap_reason for a in capped] == ["", "day_cap", "day_cap"]
    assert [a.computed - a.credited for a in capped] == [0, 1, 2]
    flagged = same_day(FLAG, "2", "2", "2")
    assert sum(a.credited for a in flagged) == 6
    assert [a.cap_reason for a in flagged] == ["", "day_cap", "day_cap"]
    free = same_day(OFF, "2", "2", "2")
    assert sum(a.credited for a in free) == 6
    assert [a.cap_reason for a in free] == ["", "", ""]


def test_a_course_over_several_days() -> None:
    assert compute(CAP, D(20), [D(0)] * 10).credited == 20
    short = compute(CAP, D(20), [D(0)] * 5)
    assert (short.credited, short.computed) == (15, 20)


def test_two_courses_on_the_same_days() -> None:
    first = compute(CAP, D(6), [D(0)] * 3)
    second = compute(CAP, D(6), first.spent)
    assert (first.credited, second.credited) == (6, 3)


def test_multiplier_keeps_two_decimals() -> None:
    abroad = Conversion(D("1.20"))
    assert compute(abroad, D(33)).credited == D("39.60")
    assert compute(abroad, D(40)).credited == 48


def test_cut_never_rounded_up() -> None:
    assert compute(OFF, D("1.999")).printed == D("1.99")
    assert compute(Conversion(D("1.15")), D("0.13")).computed == D("0.14")  # 0.1495
    assert compute(OFF, D("0.1") + D("0.2")).credited == D("0.30")


def test_a_day_above_its_cap_gives_nothing() -> None:
    """Earlier rows may have been credited while the cap was off."""
    late = compute(CAP, D(2), (D(6),))
    assert (late.credited, late.spent) == (0, (0,))


jp = st.decimals(min_value=0, max_value=500, places=2)


@given(jp, st.lists(jp, min_size=1, max_size=10), st.sampled_from(list(CapMode)))
def test_invariants(claimed: Decimal, used: list[Decimal], mode: str) -> None:
    found = compute(Conversion(D(1), D(3), mode), claimed, used)
    assert 0 <= found.credited <= found.computed == found.printed == claimed
    if mode == CapMode.TRUNCATE:
        assert sum(found.spent) == found.credited
        assert all(s + u <= max(D(3), u) for s, u in zip(found.spent, used, strict=True))
    else:
        assert found.credited == claimed


@pytest.mark.parametrize("mode", [CapMode.TRUNCATE, CapMode.FLAG])
def test_no_cap_means_no_cut(mode: str) -> None:
    assert compute(Conversion(D(1), None, mode), D(9)).credited == 9
