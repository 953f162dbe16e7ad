"""The satisfaction index IKM (Permenpan-RB 14/2017), exact arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenant_apps.surveys.choices import Unsur

# Lower bounds of NIK (25–100), compared after rounding half-up to two decimals.
GRADES: tuple[tuple[Decimal, str, Promise], ...] = (
    (Decimal("88.31"), "A", _("Sangat baik")),
    (Decimal("76.61"), "B", _("Baik")),
    (Decimal("65.00"), "C", _("Kurang baik")),
    (Decimal("25.00"), "D", _("Tidak baik")),
)
FREE_COST = 4


@dataclass(frozen=True)
class Index:
    """The index of one subject: `value` 25.00–100.00, its grade, and the weakest unsur."""

    value: Decimal
    grade: str
    label: str | Promise
    answers: int
    lowest: list[str]


def grade_of(value: Decimal) -> tuple[str, str | Promise]:
    """Return (grade, label) of a NIK that is rounded to two decimals."""
    for bound, grade, label in GRADES:
        if value >= bound:
            return grade, label
    raise ValueError(f"{value} is below the scale (25.00–100.00)")


def index_of(
    sums: Mapping[str, Fraction | int], answers: int, *, fixed: frozenset[str] = frozenset()
) -> Index | None:
    """Return the index from the sum of points per unsur; None without answers.

    Weights are exactly 1/9 (rounded ones flip grades). `fixed` unsur (the cost of a free service)
    count but are never named as the weakest; all others that tie for the lowest are.
    """
    if answers == 0:
        return None
    means = {code: Fraction(sums[code]) / answers for code in Unsur.values}
    exact = sum(means.values(), Fraction(0)) / len(means) * 25
    value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        Decimal("0.01"), rounding=ROUND_HALF_UP
    )
    asked = {code: mean for code, mean in means.items() if code not in fixed}
    weakest = min(asked.values())
    grade, label = grade_of(value)
    return Index(
        value=value,
        grade=grade,
        label=label,
        answers=answers,
        lowest=[str(Unsur(code).label) for code, mean in asked.items() if mean == weakest],
    )
