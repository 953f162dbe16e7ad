"""What the kept statistics of a question say about it, in figures and in plain sentences."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared_apps.rules import selectors as rules
from tenant_apps.question_bank.models import ItemStatistic, QuestionVersion
from tenants.schemas import current_tenant
from toolkit import indonesian

# Usual bounds of classical item analysis (Ebel): a question that nine of ten get right, or eight
# of ten do not, tells people hardly apart; a correlation below 0.2 is poor, from 0.4 on good.
EASY, HARD = 0.9, 0.2
POOR, GOOD = 0.2, 0.4
# A wrong option that fewer than one of fifty choose does not distract.
IDLE = 0.02


def minimum_answers() -> int:
    """Return how many answers a verdict needs at this tenant."""
    return rules.whole("question_bank.analysis_minimum", tenant_id=current_tenant().pk)


@dataclass(frozen=True)
class Option:
    """One option and how often it was chosen; `share` of all answers, written out."""

    text: str
    is_right: bool
    count: int
    percent: int


@dataclass(frozen=True)
class Finding:
    """One sentence; `level` is success, info or warning."""

    level: str
    text: str


@dataclass(frozen=True)
class Analysis:
    """Figures of one wording of a question; `p` and `r` are None where they cannot be computed."""

    answers: int
    blank: int
    right: int
    p: float | None
    r: float | None
    options: Sequence[Option] = field(default_factory=list)

    @property
    def p_text(self) -> str:
        """The difficulty index, written out."""
        return _written(self.p)

    @property
    def r_text(self) -> str:
        """The discrimination (point-biserial), written out."""
        return _written(self.r)


def _written(value: float | None) -> str:
    return "–" if value is None else indonesian.number(Decimal(str(round(value, 2))).quantize(
        Decimal("0.01")
    ))  # fmt: skip


@dataclass
class Sums:
    """Sums of several statistics of one wording."""

    answers: int = 0
    blank: int = 0
    right: int = 0
    x: float = 0.0
    xx: float = 0.0
    y: float = 0.0
    yy: float = 0.0
    xy: float = 0.0


def add_up(rows: Iterable[ItemStatistic]) -> tuple[Sums, dict[str, int]]:
    """Return the sums of some statistics, and how often each option was chosen."""
    total, picks = Sums(), dict[str, int]()
    for row in rows:
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(row, name))
        for option, count in row.picks.items():
            picks[option] = picks.get(option, 0) + count
    return total, picks


def point_biserial(sums: Sums) -> float | None:
    """Return the correlation of the question's share with that of the rest of the paper.

    The question itself is left out of the rest, or it would correlate with itself. None where
    everybody got the same.
    """
    n = sums.answers
    spread = (n * sums.xx - sums.x**2) * (n * sums.yy - sums.y**2)
    if n < 2 or spread <= 1e-9:
        return None
    return max(-1.0, min(1.0, (n * sums.xy - sums.x * sums.y) / math.sqrt(spread)))


def analyse(rows: Iterable[ItemStatistic], version: QuestionVersion | None) -> Analysis:
    """Return the figures of one wording from its statistics."""
    sums, picks = add_up(rows)
    return Analysis(
        answers=sums.answers,
        blank=sums.blank,
        right=sums.right,
        p=sums.x / sums.answers if sums.answers else None,
        r=point_biserial(sums),
        options=_options(version, picks, sums.answers) if version else [],
    )


def _options(version: QuestionVersion, picks: dict[str, int], answers: int) -> list[Option]:
    if version.kind == "matching":
        return []
    key = version.key
    best = max(key.get("points", {"": 0}).values())
    right = {key.get("right")}
    right |= {each for each, share in key.get("percents", {}).items() if Decimal(share) > 0}
    right |= {each for each, points in key.get("points", {}).items() if points == best}
    return [
        Option(
            text=strip_tags(option["html"]),
            is_right=option["id"] in right,
            count=picks.get(option["id"], 0),
            percent=round(100 * picks.get(option["id"], 0) / answers) if answers else 0,
        )
        for option in version.body.get("options", [])
    ]


def findings(found: Analysis, minimum: int) -> list[Finding]:
    """Return in plain words what the figures mean, and what to do."""
    if found.answers < minimum or found.p is None:
        if not found.answers:
            none = _("Belum ada jawaban. Penilaian atas soal ini diberikan mulai {least} jawaban.")
            return [Finding("info", none.format(least=minimum))]
        text = ngettext(
            "Baru {n} jawaban. Penilaian atas soal ini diberikan mulai {least} jawaban.",
            "Baru {n} jawaban. Penilaian atas soal ini diberikan mulai {least} jawaban.",
            found.answers,
        )
        return [Finding("info", text.format(n=found.answers, least=minimum))]
    return [_on_difficulty(found), _on_discrimination(found.r), *_on_distractors(found)]


def _on_difficulty(found: Analysis) -> Finding:
    p = found.p or 0.0
    data = {"n": found.answers, "right": found.right, "percent": round(100 * p)}
    if p >= EASY:
        text = _(
            "Soal ini terlalu mudah: {right} dari {n} menjawab benar. Perjelas bedanya dari "
            "jawaban yang salah, atau tanyakan hal yang lebih dalam."
        )
        return Finding("warning", text.format(**data))
    if p <= HARD:
        text = _(
            "Soal ini terlalu sulit: {right} dari {n} menjawab benar. Periksa kuncinya, lalu "
            "apakah materi membahasnya."
        )
        return Finding("warning", text.format(**data))
    text = _("Tingkat kesulitannya baik: rata-rata {percent} persen dari poinnya diperoleh.")
    return Finding("success", text.format(**data))


def _on_discrimination(r: float | None) -> Finding:
    if r is None:
        return Finding("info", _("Daya beda belum dapat dihitung: semua orang bernilai sama."))
    if r < 0:
        return Finding(
            "warning",
            _(
                "Peserta yang nilainya tinggi justru lebih sering salah di sini: periksa kunci "
                "jawaban dan kalimat soalnya."
            ),
        )
    if r < POOR:
        return Finding(
            "warning",
            _(
                "Soal ini hampir tidak membedakan yang menguasai materi dari yang belum: periksa "
                "apakah kalimatnya dapat dibaca dengan dua cara."
            ),
        )
    if r < GOOD:
        return Finding("success", _("Soal ini cukup membedakan yang menguasai materi."))
    return Finding("success", _("Soal ini membedakan yang menguasai materi dengan baik."))


def _on_distractors(found: Analysis) -> list[Finding]:
    rights = [option.count for option in found.options if option.is_right]
    said = []
    for option in found.options:
        if option.is_right:
            continue
        if option.count < IDLE * found.answers:
            text = _("Hampir tidak ada yang memilih “{option}”; ganti dengan yang lebih mungkin.")
            said.append(Finding("info", text.format(option=option.text[:80])))
        elif len(rights) == 1 and option.count > rights[0]:
            text = _("“{option}” lebih sering dipilih daripada kuncinya; periksa kuncinya.")
            said.append(Finding("warning", text.format(option=option.text[:80])))
    return said
