"""Tables as XLSX files: downloads, templates with choices, files of any length."""

import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Widths of columns in letters; the first one names the row.
FIRST_WIDTH, WIDTH = 44, 18
#: Letters that a cell can hold; a longer text would be left out whole.
LONGEST_TEXT = 32_767
#: Texts are written as texts, so that no cell is ever taken for a formula or a link.
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}


def _write(
    target: IO[bytes] | str,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    note: str,
    **options: Any,
) -> None:
    book = xlsxwriter.Workbook(target, {**PLAIN, **options})
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    exact = book.add_format({"num_format": "#,##0.00"})
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, max(1, len(header) - 1), WIDTH)
    sheet.freeze_panes(1, 1)
    for column, title in enumerate(header):
        sheet.write_string(0, column, str(title), bold)
    line = 0
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, datetime.datetime):
                local = timezone.localtime(value) if timezone.is_aware(value) else value
                sheet.write_datetime(line, column, local.replace(tzinfo=None), moment)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(line, column, value, day)
            elif value is None:
                continue
            elif isinstance(value, Decimal):
                sheet.write_number(line, column, float(value), exact)
            elif isinstance(value, int | float):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, str(value)[:LONGEST_TEXT])
    sheet.autofilter(0, 0, max(line, 1), max(0, len(header) - 1))
    if note:
        sheet.write_string(line + 2, 0, note)
    book.close()


def workbook(
    header: Sequence[object], rows: Iterable[Sequence[object]], *, note: str = ""
) -> bytes:
    """Return an XLSX file with one sheet: a frozen, filterable header, the rows, and a note below.

    Numbers, exact decimals, dates and times (in the active zone) stay such; None leaves its cell
    empty.
    """
    buffer = io.BytesIO()
    _write(buffer, header, rows, note=note, in_memory=True)
    return buffer.getvalue()


def save(
    path: Path, header: Sequence[object], rows: Iterable[Sequence[object]], *, note: str = ""
) -> None:
    """Write such a file row by row, so that its length costs disk and no memory."""
    # Half-written parts lie beside it, where they are swept with it.
    _write(str(path), header, rows, note=note, constant_memory=True, tmpdir=str(path.parent))


def download(
    filename: str,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    note: str = "",
) -> HttpResponse:
    """Return a response that downloads the table; `filename` is ASCII without ending."""
    return answer(filename, workbook(header, rows, note=note))


def answer(filename: str, content: bytes) -> HttpResponse:
    """Return a response that downloads a workbook; `filename` is ASCII without ending."""
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}.xlsx"'
    return response


def template(
    header: Sequence[str | Promise],
    *,
    helps: Sequence[str | Promise] = (),
    choices: dict[int, Sequence[str]] | None = None,
    examples: Iterable[Sequence[object]] = (),
    rows: int = 1000,
) -> bytes:
    """Return an empty sheet to fill in: header with notes, dropdowns, perhaps example rows.

    `choices` maps a column (from 0) to the texts of its dropdown; they stand on a second sheet
    "Pilihan", so that lists of any length work.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {**PLAIN, "in_memory": True})
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    lists = book.add_worksheet("Pilihan") if choices else None
    for column, title in enumerate(header):
        sheet.write_string(0, column, str(title), bold)
        # As text, so that an 18-digit number is not rounded by the office program.
        sheet.set_column(column, column, FIRST_WIDTH if column == 0 else WIDTH, text)
        if column < len(helps) and helps[column]:
            sheet.write_comment(0, column, str(helps[column]))
    for line, row in enumerate(examples, start=1):
        for column, value in enumerate(row):
            sheet.write_string(line, column, "" if value is None else str(value), text)
    for place, (column, values) in enumerate((choices or {}).items()):
        if lists is None or not values:
            continue
        lists.write_string(0, place, str(header[column]), bold)
        for line, value in enumerate(values, start=1):
            lists.write_string(line, place, str(value))
        name = xlsxwriter.utility.xl_col_to_name(place)
        sheet.data_validation(
            1, column, rows, column,
            {
                "validate": "list",
                "source": f"=Pilihan!${name}$2:${name}${len(values) + 1}",
                "error_type": "warning",
            },
        )  # fmt: skip
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()
