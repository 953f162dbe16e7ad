"""The calculation of JP: a pure function of one rule and what was used before."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from shared_apps.recognition.choices import CapMode, Scope, Unit
from shared_apps.recognition.errors import AwardRefused
from shared_apps.recognition.models import FormRule

ZERO = Decimal("0.00")
_CENT = Decimal("0.01")
#: Reason noted on a ledger row that a day cap lowered or marked.
DAY_CAP = "day_cap"


@dataclass(frozen=True)
class Conversion:
    """How one form counts: JP × multiplier, with a cap per day (None for none) and its mode.

    A form that is counted by the day has `per_day` JP for each of them instead.
    """

    multiplier: Decimal = Decimal(1)
    cap_per_day: Decimal | None = None
    cap_mode: str = CapMode.OFF
    rule_set: str = ""
    per_day: Decimal | None = None


@dataclass(frozen=True)
class Amounts:
    """The four figures of a ledger row in JP, why credited is lower, and JP spent per day.

    What was computed and not credited is kept by the difference, never lost.
    """

    claimed: Decimal
    computed: Decimal
    printed: Decimal
    credited: Decimal
    cap_reason: str
    spent: tuple[Decimal, ...]


def truncate(jp: Decimal) -> Decimal:
    """Return JP cut to two decimals, never rounded up."""
    return jp.quantize(_CENT, rounding=ROUND_DOWN)


def compute(rule: Conversion, claimed: Decimal, used: Sequence[Decimal] = (ZERO,)) -> Amounts:
    """Return what `claimed` JP count for.

    `used` holds, for each day of the activity in order, the JP of this form that earlier
    recordings already spent on it. Under `truncate` each day gives at most what is left of its
    cap; under `flag` all is credited and an excess is marked; under `off` there is no cap.
    """
    claimed = truncate(claimed)
    # A claim by the day already is the rule's value: `programme_jp`.
    computed = claimed if rule.per_day is not None else truncate(claimed * rule.multiplier)
    capped = rule.cap_per_day is not None and rule.cap_mode != CapMode.OFF
    spent = _spread(computed, used, rule.cap_per_day if capped else None)
    fitting = sum(spent, ZERO)
    reason = DAY_CAP if fitting < computed else ""
    credited = fitting if rule.cap_mode == CapMode.TRUNCATE else computed
    return Amounts(claimed, computed, computed, credited, reason, spent)


def _spread(jp: Decimal, used: Sequence[Decimal], cap: Decimal | None) -> tuple[Decimal, ...]:
    """Walk the days in order and spend on each what is left of its cap."""
    rest, spent = jp, []
    for already in used:
        room = rest if cap is None else max(ZERO, cap - already)
        spent.append(min(rest, room))
        rest -= spent[-1]
    return tuple(spent)


def conversion(*, form: str, scope: str, on: datetime.date) -> Conversion:
    """Return the rule of a form on a day; raises AwardRefused when no rule set has one."""
    rule = (
        FormRule.objects.select_related("rule_set")
        .filter(form=form, scope=scope, rule_set__valid_from__lte=on)
        .exclude(rule_set__valid_to__lt=on)
        .order_by("-rule_set__valid_from")
        .first()
    )
    if rule is None:
        raise AwardRefused(
            _("Belum ada aturan konversi JP untuk bentuk {form} pada {day}.").format(
                form=form, day=on.isoformat()
            )
        )
    return Conversion(
        rule.multiplier,
        rule.cap_per_day,
        rule.cap_mode,
        rule.rule_set.code,
        rule.value if rule.unit == Unit.DAY else None,
    )


def programme_jp(
    *, form: str, on: datetime.date, jp: Decimal, days: int, scope: str = Scope.HOME
) -> Decimal:
    """Return the JP that a programme claims: its own, or those of its days where days count.

    Raises AwardRefused for a form without a rule.
    """
    rule = conversion(form=form, scope=scope, on=on)
    return jp if rule.per_day is None else truncate(rule.per_day * days)
