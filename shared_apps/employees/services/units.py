"""Changing the unit tree of an agency."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.employees import selectors
from shared_apps.employees.errors import UnitRefused
from shared_apps.employees.models import Assignment, Unit
from shared_apps.employees.services.locking import agency_of, lock_staff


def clean_code(text: str) -> str:
    """Return a unit's code as it is kept: no blanks around, capital letters."""
    return " ".join(text.split()).upper()


def cyclic(parents: Mapping[str, str]) -> set[str]:
    """Return the codes whose way up never ends; `parents` maps a code to that of its parent."""
    fine: set[str] = {""}
    bad: set[str] = set()
    for start in parents:
        way: list[str] = []
        seen: set[str] = set()
        code = start
        while code not in fine and code not in bad and code not in seen:
            seen.add(code)
            way.append(code)
            code = parents.get(code, "")
        if code in fine:
            fine.update(way)
        else:
            bad.update(way)
    return bad


def _of_agency(unit_id: uuid.UUID | None, agency_id: int, field: str = "") -> Unit | None:
    if unit_id is None:
        return None
    unit = Unit.objects.filter(pk=unit_id, agency_id=agency_id).first()
    if unit is None:
        raise UnitRefused(_("Unit kerja ini tidak ada lagi. Muat ulang halaman."), field=field)
    return unit


@transaction.atomic
def add(*, by: Any, code: str, name: str, parent_id: uuid.UUID | None) -> Unit:
    """Add a unit to the open tenant's agency. Raises UnitRefused, or PermissionDenied."""
    agency_id = agency_of(by)
    lock_staff(agency_id)
    code = clean_code(code)
    _check_code(code, agency_id)
    parent = _of_agency(parent_id, agency_id, "parent")
    if parent is not None and parent.closed_on:
        raise UnitRefused(_("Unit induk ini sudah ditutup. Pilih unit lain."), field="parent")
    unit = Unit.objects.create(
        agency_id=agency_id, code=code, name=" ".join(name.split()), parent=parent
    )
    audit.record("unit.changed", by=by, kind="unit", ref=unit.pk, data={"added": unit.code})
    return unit


@transaction.atomic
def change(
    *, by: Any, unit_id: uuid.UUID, code: str, name: str, parent_id: uuid.UUID | None
) -> Unit:
    """Rename a unit, give it another code or move it with all below it.

    Its people stay in it. Raises UnitRefused, or PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    lock_staff(agency_id)
    unit = _of_agency(unit_id, agency_id)
    assert unit is not None
    code = clean_code(code)
    if code != unit.code:
        _check_code(code, agency_id)
    parent = _of_agency(parent_id, agency_id, "parent")
    if parent is not None and parent.pk != unit.parent_id:
        if parent.closed_on:
            raise UnitRefused(_("Unit induk ini sudah ditutup. Pilih unit lain."), field="parent")
        if parent.pk in selectors.with_descendants([unit.pk]):
            raise UnitRefused(
                _("Unit tidak dapat berada di bawah dirinya sendiri. Pilih unit induk lain."),
                field="parent",
            )
    before = {"code": unit.code, "name": unit.name, "parent": str(unit.parent_id or "")}
    unit.code, unit.name, unit.parent = code, " ".join(name.split()), parent
    after = {"code": unit.code, "name": unit.name, "parent": str(unit.parent_id or "")}
    if after != before:
        unit.save(update_fields=["code", "name", "parent"])
        audit.record(
            "unit.changed", by=by, kind="unit", ref=unit.pk, data={"from": before, "to": after}
        )
    return unit


@transaction.atomic
def close(*, by: Any, unit_id: uuid.UUID) -> Unit:
    """Close a unit that has neither people nor open units below it; its history stays.

    Raises UnitRefused, or PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    lock_staff(agency_id)
    unit = _of_agency(unit_id, agency_id)
    assert unit is not None
    people = Assignment.objects.filter(
        unit=unit, latest=True, employee__left_on__isnull=True
    ).count()
    if people:
        raise UnitRefused(
            _("Masih ada {count} pegawai di unit ini. Pindahkan mereka lebih dahulu.").format(
                count=people
            )
        )
    if Unit.objects.filter(parent=unit, closed_on__isnull=True).exists():
        raise UnitRefused(
            _("Masih ada unit di bawah unit ini. Tutup atau pindahkan unit itu lebih dahulu.")
        )
    return _set_closed(by, unit, timezone.localdate())


@transaction.atomic
def reopen(*, by: Any, unit_id: uuid.UUID) -> Unit:
    """Open a closed unit again, below its parent if that is open.

    Raises UnitRefused, or PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    lock_staff(agency_id)
    unit = _of_agency(unit_id, agency_id)
    assert unit is not None
    if unit.parent is not None and unit.parent.closed_on:
        raise UnitRefused(_("Unit induknya sudah ditutup. Buka unit induk lebih dahulu."))
    return _set_closed(by, unit, None)


def _set_closed(by: Any, unit: Unit, day: datetime.date | None) -> Unit:
    if (unit.closed_on is None) != (day is None):
        unit.closed_on = day
        unit.save(update_fields=["closed_on"])
        data = {"closed": str(day or "")}
        audit.record("unit.changed", by=by, kind="unit", ref=unit.pk, data=data)
    return unit


def _check_code(code: str, agency_id: int) -> None:
    if Unit.objects.filter(agency_id=agency_id, code=code).exists():
        raise UnitRefused(_("Kode ini sudah dipakai unit lain di instansi Anda."), field="code")


@transaction.atomic
def record_units(*, agency_id: int, said: Mapping[str, Mapping[str, str]]) -> None:
    """Add and change units as an import says: by code, with `name` and perhaps `parent`.

    The caller has checked the right. What is already so is left alone. Raises UnitRefused when the
    tree has changed meanwhile so that it would no longer be one.
    """
    lock_staff(agency_id)
    units = {unit.code: unit for unit in Unit.objects.filter(agency_id=agency_id)}
    codes: dict[uuid.UUID | None, str] = {unit.pk: code for code, unit in units.items()}
    parents = {code: codes.get(unit.parent_id, "") for code, unit in units.items()}
    new, changed = [], []
    for code, values in said.items():
        unit = units.get(code)
        if unit is None:
            unit = units[code] = Unit(agency_id=agency_id, code=code, name=values["name"])
            new.append(unit)
        elif unit.name != values.get("name", unit.name) or parents[code] != values.get(
            "parent", parents[code]
        ):
            changed.append(unit)
        unit.name = values.get("name", unit.name)
        parents[code] = values.get("parent", parents.get(code, ""))
    if cyclic(parents) or any(parent and parent not in units for parent in parents.values()):
        raise UnitRefused(
            _("Susunan unit kerja sudah diubah sejak berkas diperiksa. Unggah berkasnya lagi.")
        )
    for unit in (*new, *changed):
        parent = units.get(parents[unit.code])
        unit.parent_id = parent.pk if parent else None
    try:
        # Keys are checked at the end of the transaction, so that any order of rows will do.
        Unit.objects.bulk_create(new, batch_size=1000)
    except IntegrityError as error:
        raise UnitRefused(_("Kode unit yang sama baru saja ditambahkan. Unggah lagi.")) from error
    Unit.objects.bulk_update(changed, ["name", "parent"], batch_size=500)
