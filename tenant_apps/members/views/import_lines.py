"""What a staff file would change, line by line, for its page and its download."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from shared_apps.accounts import nip
from shared_apps.employees import selectors
from shared_apps.employees.choices import Action, PostKind, StaffKind, Standing, Subject
from shared_apps.employees.models import ImportLine
from tenants.schemas import current_tenant
from toolkit.tables import Column, Filter, Listing

EXPORT = "employee_import"


def _field_labels() -> dict[str, str]:
    return {
        "name": _("Nama"),
        "parent": _("Unit induk"),
        "unit": _("Unit kerja"),
        "post": _("Jabatan"),
        "post_kind": _("Jenis jabatan"),
        "grade": _("Golongan"),
        "superior_number": _("NIP atasan langsung"),
        "kind": _("Status kepegawaian"),
        "standing": _("Kedudukan hukum"),
    }


def _with_units(rows: list[ImportLine]) -> Sequence[ImportLine]:
    """Add the names of the units that some lines name by code: two queries."""
    said = [text for row in rows for text in (row.values, row.before)]
    codes = {text[field] for text in said for field in ("unit", "parent") if text.get(field)}
    names: dict[str, str] = {}
    if codes:
        names = selectors.unit_names(codes, current_tenant().agency_id)
        # Units that the same file adds or renames.
        lines = ImportLine.objects.filter(
            staff_import=rows[0].staff_import_id, subject=Subject.UNIT, key__in=codes
        )
        names |= dict(lines.values_list("key", "name"))
    for row in rows:
        row.units = names  # type: ignore[attr-defined]
    return rows


def _shown(field: str, value: str, units: Mapping[str, str]) -> str:
    choices: dict[str, Any] = {"kind": StaffKind, "post_kind": PostKind, "standing": Standing}
    if value and field in choices:
        return str(choices[field](value).label)
    if field in ("unit", "parent") and value in units:
        return f"{units[value]} ({value})"
    return value or "–"


def _changes(line: Any) -> list[tuple[str, str]]:
    """Return (field, what happens) for each field of a line."""
    labels, units = _field_labels(), line.units
    if line.action == Action.CHANGED:
        return [
            (
                labels[field],
                f"{_shown(field, old, units)} → {_shown(field, line.values[field], units)}",
            )
            for field, old in line.before.items()
        ]
    if line.action != Action.NEW:
        return []
    return [
        (labels[field], _shown(field, value, units))
        for field, value in line.values.items()
        if value and field != "name"
    ]


def _cell(line: ImportLine) -> object:
    if line.action == Action.FAULT:
        return line.fault
    return format_html_join(
        "",
        '<span class="d-block"><b class="fw-normal text-muted">{}:</b> {}</span>',
        _changes(line),
    )


def _text(line: ImportLine) -> str:
    return line.fault or "; ".join(f"{label}: {text}" for label, text in _changes(line))


_TAGS = {
    Action.NEW: "tag-ok",
    Action.CHANGED: "tag-info",
    Action.LEFT: "tag-warn",
    Action.FAULT: "tag-bad",
}


def _action(line: ImportLine) -> object:
    tag = _TAGS[Action(line.action)]
    return format_html('<span class="tag {}">{}</span>', tag, line.get_action_display())


def _key(line: ImportLine) -> object:
    is_number = line.subject == Subject.PERSON and line.action != Action.FAULT
    return nip.format_number(line.key) if is_number else line.key


def build(params: Mapping[str, str], by: Any) -> Listing:
    """Return the lines of the import that `import_id` of the parameters names."""
    return Listing(
        params=params,
        rows=ImportLine.objects.filter(
            staff_import=uuid.UUID(params["import_id"]),
            staff_import__agency_id=current_tenant().agency_id,
        ),
        columns=[
            Column("nama", _("Nama"), lambda r: r.name or "–", order=("name",)),
            Column("nomor", _("Nomor atau kode"), lambda r: r.key, cell=_key),
            Column("baris", _("Baris"), lambda r: r.row or None, order=("row",), numeric=True),
            Column("tindakan", _("Yang terjadi"), lambda r: r.get_action_display(), cell=_action),
            Column("isi", _("Isi perubahan atau kesalahan"), _text, cell=_cell),
        ],
        filters=[
            Filter(
                "q",
                _("Nama atau nomor"),
                lambda r, v: (
                    r.filter(key__contains=nip.SEPARATORS.sub("", v))
                    if any(letter.isdigit() for letter in v)
                    else r.filter(name__icontains=v)
                ),
            ),
            Filter("tentang", _("Tentang"), lambda r, v: r.filter(subject=v), Subject.choices),
            Filter("tindakan", _("Yang terjadi"), lambda r, v: r.filter(action=v), Action.choices),
        ],
        default="baris",
        enrich=_with_units,
        name="perubahan-data-pegawai",
    )
