"""Tables as CSV files that office programs open without harm."""

import csv
import datetime
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.functional import Promise

#: With these office programs begin a formula.
FORMULA = frozenset("=+-@\t\r\n")


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[object], rows: Iterator[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file that office programs open as UTF-8.

    A text that such a program would take for a formula gets an apostrophe before it.
    """
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([_harmless(title) for title in header])
    for row in rows:
        yield writer.writerow([_harmless(value) for value in row])


def _harmless(value: object) -> object:
    if isinstance(value, str | Promise):
        text = str(value)
        return f"'{text}" if text.lstrip(" ")[:1] in FORMULA else text
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M")
    return "" if value is None else value
