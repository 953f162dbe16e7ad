"""Tables as XLSX downloads."""

import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Widths of columns in letters; the first one names the row.
FIRST_WIDTH, WIDTH = 44, 18


def workbook(
    header: Sequence[object], rows: Iterable[Sequence[object]], *, note: str = ""
) -> bytes:
    """Return an XLSX file with one sheet: a frozen, filterable header, the rows, and a note below.

    Texts are written as texts, so that no cell is ever taken for a formula or a link. Numbers,
    exact decimals and times (in the active zone) stay such; None leaves its cell empty.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    exact = book.add_format({"num_format": "#,##0.00"})
    for column, title in enumerate(header):
        sheet.write_string(0, column, str(title), bold)
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, max(1, len(header) - 1), WIDTH)
    sheet.freeze_panes(1, 1)
    line = 0
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, datetime.datetime):
                local = timezone.localtime(value) if timezone.is_aware(value) else value
                sheet.write_datetime(line, column, local.replace(tzinfo=None), moment)
            elif value is None:
                continue
            elif isinstance(value, Decimal):
                sheet.write_number(line, column, float(value), exact)
            elif isinstance(value, int | float):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, str(value))
    sheet.autofilter(0, 0, max(line, 1), max(0, len(header) - 1))
    if note:
        sheet.write_string(line + 2, 0, note)
    book.close()
    return buffer.getvalue()


def download(
    filename: str,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    note: str = "",
) -> HttpResponse:
    """Return a response that downloads the table; `filename` is ASCII without ending."""
    response = HttpResponse(workbook(header, rows, note=note), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}.xlsx"'
    return response
