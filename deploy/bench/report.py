"""Numbers of a measure, its multiples of the yardstick, and the table."""

import math
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Numbers:
    """What one measure gave; times in milliseconds, CPU per request."""

    requests: int
    per_second: float
    p50: float
    p95: float
    web: float
    database: float

    @property
    def total(self) -> float:
        """CPU of web server and PostgreSQL for one request."""
        return self.web + self.database


def numbers(times: list[float], seconds: float, web: float, database: float) -> Numbers:
    """Return the numbers of answers that took `times` (s), with the CPU (s) of all together."""
    count = len(times)
    return Numbers(
        requests=count,
        per_second=count / seconds,
        p50=1000 * quantile(times, 0.5),
        p95=1000 * quantile(times, 0.95),
        web=1000 * web / count,
        database=1000 * database / count,
    )


def quantile(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def mean(one: Numbers, other: Numbers) -> Numbers:
    """Return the mean of two measures of the same thing, before and after another."""
    return Numbers(
        one.requests + other.requests,
        *((a + b) / 2 for a, b in zip(_floats(one), _floats(other), strict=True)),
    )


def both(one: Numbers, other: Numbers) -> Numbers:
    """Return two measures as one: what a request costs in the mean of all their requests."""
    count = one.requests + other.requests

    def per_request(a: float, b: float) -> float:
        return (one.requests * a + other.requests * b) / count

    seconds = one.requests / one.per_second + other.requests / other.per_second
    return Numbers(
        count, count / seconds, math.nan, math.nan,
        per_request(one.web, other.web), per_request(one.database, other.database),
    )  # fmt: skip


def _floats(row: Numbers) -> tuple[float, ...]:
    return (row.per_second, row.p50, row.p95, row.web, row.database)


@dataclass(frozen=True)
class Row:
    """One line of the table: a measure beside the yardstick of the same minute."""

    name: str
    numbers: Numbers
    yardstick: Numbers
    aim: float | None = None

    @property
    def multiple(self) -> float:
        """CPU of web and PostgreSQL, in units of the yardstick's."""
        return self.numbers.total / self.yardstick.total

    @property
    def web_multiple(self) -> float:
        """CPU of the web server alone, in units of the yardstick's."""
        return self.numbers.web / self.yardstick.web

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return None if self.aim is None else self.multiple <= self.aim

    def as_json(self) -> dict[str, Any]:
        """Return the row with all its numbers."""
        own = {k: None if v != v else v for k, v in asdict(self.numbers).items()}
        return {
            "name": self.name, **own, "total": self.numbers.total,
            "yardstick": {**asdict(self.yardstick), "total": self.yardstick.total},
            "multiple": self.multiple, "web_multiple": self.web_multiple,
            "aim": self.aim, "met": self.met,
        }  # fmt: skip


@dataclass(frozen=True)
class Weight:
    """What a visit weighs over the wire, in bytes of answers with their headers."""

    name: str
    size: int
    parts: list[tuple[str, int]]
    limit: int | None = None

    @property
    def met(self) -> bool | None:
        """Whether it is light enough; None where there is no limit."""
        return None if self.limit is None else self.size <= self.limit

    def as_json(self) -> dict[str, Any]:
        """Return the visit with its parts."""
        return {**asdict(self), "met": self.met}


HEAD = (
    "", "requests", "req/s", "p50 ms", "p95 ms", "web ms", "db ms", "CPU ms",
    "multiple", "web only", "aim", "",
)  # fmt: skip


def verdict(met: bool | None) -> str:
    """Return the word for an aim."""
    return {None: "", True: "met", False: "NOT met"}[met]


def table(rows: list[Row]) -> str:
    """Return the table; p50 and p95 are as seen by the client, everything else is server CPU."""
    lines = [HEAD]
    for row in rows:
        n = row.numbers
        lines.append((
            row.name, str(n.requests), f"{n.per_second:.0f}", _ms(n.p50), _ms(n.p95),
            f"{n.web:.2f}", f"{n.database:.2f}", f"{n.total:.2f}", f"{row.multiple:.2f} x",
            f"{row.web_multiple:.2f} x", f"{row.aim:.1f} x" if row.aim else "", verdict(row.met),
        ))  # fmt: skip
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _ms(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.1f}"


def weights(rows: list[Weight]) -> str:
    """Return what each visit weighs, with its parts below it."""
    lines = []
    for row in rows:
        limit = f"  (at most {row.limit / 1000:.0f} kB: {verdict(row.met)})" if row.limit else ""
        lines.append(f"{row.name}: {row.size / 1000:.1f} kB{limit}")
        lines += [f"    {size / 1000:6.1f} kB  {path}" for path, size in row.parts]
    return "\n".join(lines)
