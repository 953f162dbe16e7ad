"""A person's year of JP in words: what the meter shows and the sentence beside it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from shared_apps.accounts.choices import EmploymentKind
from shared_apps.recognition.selectors import PersonYear
from toolkit import indonesian


@dataclass(frozen=True)
class Meter:
    """What `components/jp_meter.html` shows; without a duty there is nothing to measure."""

    credited: Decimal | int
    target: Decimal | int
    done: bool
    text: str


def _plain(value: Decimal) -> Decimal | int:
    return int(value) if value == value.to_integral_value() else value


def meter_of(figures: PersonYear, *, kind: str, year: int) -> Meter | None:
    """Return the meter of a year; None for a person without a duty.

    Only for a PNS is the target a duty that can be missed. For a PPPK it is an aim: no rule sets
    them a minimum, so nothing here says that they fall short.
    """
    if figures.target is None:
        return None
    values = {
        "credited": indonesian.jp(figures.jp_credited),
        "target": indonesian.jp(figures.target),
        "left": indonesian.jp(figures.left),
        "year": year,
    }
    if figures.jp_credited >= figures.target:
        text = _("Sasaran {target} JP tahun {year} tercapai dengan {credited} JP.")
    elif kind == EmploymentKind.PNS:
        text = _("{left} JP lagi untuk memenuhi kewajiban {target} JP PNS tahun {year}.")
    else:
        text = _(
            "{credited} JP tercatat. {target} JP adalah sasaran belajar tahun {year}, "
            "bukan batas minimum bagi PPPK."
        )
    return Meter(
        credited=_plain(figures.jp_credited),
        target=_plain(figures.target),
        done=figures.jp_credited >= figures.target,
        text=text.format(**values),
    )
