"""Numbers of certificates: a pattern such as `{nomor:6}/{kode_unit}/{tahun}`."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shared_apps.recognition.errors import TemplateRefused

DEFAULT = "{nomor:6}/{kode_unit}/{tahun}"
TOKENS = ("nomor", "tahun", "bulan_romawi", "kode_unit", "kode_topik")
#: Leaves room for the mark of a later version.
LONGEST = 70
_TOKEN = re.compile(r"\{([a-z_]+)(?::([1-9]))?\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Parts:
    """What the tokens of a number stand for."""

    number: int
    year: int
    month: int
    unit: str
    topic: str


def check(pattern: str, *, yearly: bool, unit: str, field: str = "number_pattern") -> None:
    """Raise TemplateRefused for a pattern whose numbers could be wrong, repeat or be too long."""
    for match in _TOKEN.finditer(pattern):
        if match[1] not in TOKENS or (match[2] and match[1] != "nomor"):
            raise TemplateRefused(
                _("{token} tidak dikenal. Yang dapat dipakai: {known}.").format(
                    token=match[0],
                    known="{nomor}, {nomor:4}, {tahun}, {bulan_romawi}, {kode_unit}, {kode_topik}",
                ),
                field=field,
            )
    rest = _TOKEN.sub("", pattern)
    if "{" in rest or "}" in rest:
        raise TemplateRefused(
            _("Tulis token seperti ini: {known}.").format(known="{nomor:4}/{kode_unit}/{tahun}"),
            field=field,
        )
    names = [match[1] for match in _TOKEN.finditer(pattern)]
    if names.count("nomor") != 1:
        raise TemplateRefused(_("Pola harus memuat {nomor} tepat satu kali."), field=field)
    if yearly and "tahun" not in names:
        raise TemplateRefused(
            _("Nomor yang mulai lagi dari 1 setiap tahun harus memuat {tahun}."), field=field
        )
    longest = written(pattern, Parts(99_999_999, 2026, 8, unit, "X" * 8))
    if not rest.isprintable() or len(longest) > LONGEST:
        raise TemplateRefused(
            _("Nomor yang jadi paling panjang {n} huruf.").format(n=LONGEST), field=field
        )


def written(pattern: str, parts: Parts) -> str:
    """Return the number that a pattern gives."""

    def one(match: re.Match[str]) -> str:
        if match[1] == "nomor":
            return f"{parts.number:0{match[2] or 1}d}"
        return {
            "tahun": str(parts.year),
            "bulan_romawi": _ROMAN[parts.month - 1],
            "kode_unit": parts.unit.upper(),
            "kode_topik": parts.topic,
        }[match[1]]

    return _TOKEN.sub(one, pattern)


def example(pattern: str, unit: str = "UNIT") -> str:
    """Return a number as the pattern would give it."""
    return written(pattern, Parts(123, 2026, 11, unit, "CPNS"))


def topic_code(title: str) -> str:
    """Return the initials of a title, at most eight: `Cuti Pegawai Negeri Sipil` gives CPNS."""
    words = re.findall(r"\w+", title)
    return "".join(word[0] for word in words).upper()[:8] or "X"
