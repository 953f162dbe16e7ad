"""The satisfaction index IKM (Permenpan-RB 14/2017), exact arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
VALUE_PLACES = Decimal("0.01")
MEAN_PLACES = Decimal("0.001")


@dataclass(frozen=True)
class Index:
    """The index of one subject: `value` 25.00–100.00, its grade, and the weakest unsur."""

    value: Decimal
    grade: str
    label: str | Promise
    answers: int
    lowest: list[str]
    # Mean answer (NRR, 1–4) by code of the unsur.
    means: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def rows(self) -> list["UnsurRow"]:
        """The nine unsur in the order of the regulation."""
        return [
            UnsurRow(
                code=code,
                label=str(Unsur(code).label),
                mean=rounded(mean, MEAN_PLACES),
                weighted=rounded(mean / len(self.means), MEAN_PLACES),
                value=rounded(mean * 25, VALUE_PLACES),
                is_lowest=str(Unsur(code).label) in self.lowest,
            )
            for code, mean in self.means.items()
        ]


@dataclass(frozen=True)
class UnsurRow:
    """One unsur for tables: its mean (NRR), its share of the index, and its value 25–100."""

    code: str
    label: str
    mean: Decimal
    weighted: Decimal
    value: Decimal
    is_lowest: bool


def rounded(exact: Fraction, places: Decimal) -> Decimal:
    """Return a fraction rounded half-up, as the regulation's tables are."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        places, rounding=ROUND_HALF_UP
    )


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
    value = rounded(exact, VALUE_PLACES)
    asked = {code: mean for code, mean in means.items() if code not in fixed}
    weakest = min(asked.values())
    grade, label = grade_of(value)
    return Index(
        value=value,
        grade=grade,
        label=label,
        answers=answers,
        lowest=[str(Unsur(code).label) for code, mean in asked.items() if mean == weakest],
        means=means,
    )
