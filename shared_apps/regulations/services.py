"""Writes of the register: LAN writes the national one, a tenant its own local regulations."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.regulations import permissions, selectors
from shared_apps.regulations.choices import RegulationStatus, RelationKind
from shared_apps.regulations.errors import RegulationRefused
from shared_apps.regulations.models import Regulation, Relation
from shared_apps.regulations.names import key_of
from shared_apps.regulations.selectors import ACTING

#: First half of the advisory lock's key.
_RELATIONS = 7_031
#: Statuses from the lightest to the gravest.
GRAVITY = list(RegulationStatus.values)
RESULT = {
    RelationKind.AMENDS: RegulationStatus.AMENDED,
    RelationKind.PARTLY_REVOKES: RegulationStatus.PARTLY_REVOKED,
    RelationKind.REVOKES: RegulationStatus.REVOKED,
}


def _note(verb: str, regulation: Regulation, by: Any, **data: Any) -> None:
    audit.record(
        verb, by=by, kind="regulation", ref=regulation.pk,
        data={"regulation": regulation.label, **data},
    )  # fmt: skip


def _lock(by: Any, regulation: Regulation) -> Regulation:
    if not permissions.may_write(by, regulation):
        raise PermissionDenied
    return Regulation.objects.select_for_update().get(pk=regulation.pk)


@transaction.atomic
def add(*, by: Any, values: Mapping[str, Any]) -> Regulation:
    """Add a regulation to the register of this place. Raises RegulationRefused for a double."""
    if not permissions.writes_here(by):
        raise PermissionDenied
    row = Regulation(tenant=permissions.open_tenant(), **values)
    row.status = row.own_status
    _save(row)
    _note("regulation.added", row, by)
    return row


def _save(row: Regulation) -> None:
    row.key = key_of(row.kind, row.number, row.year)[:60]
    double = RegulationRefused(
        _("{label} sudah ada di register.").format(label=row.label), field="number"
    )
    if selectors.seen_here().filter(key=row.key).exclude(pk=row.pk).exists():
        raise double
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise double from error


@transaction.atomic
def change(*, by: Any, regulation: Regulation, values: Mapping[str, Any]) -> Regulation:
    """Correct what the register says of a regulation; a graver status reaches who cites it.

    Kind, number and year stay: they are its address. Raises RegulationRefused.
    """
    row = _lock(by, regulation)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    _settle(row)
    row.save()
    _note("regulation.changed", row, by, fields=", ".join(sorted(changed)))
    return row


@transaction.atomic
def check(*, by: Any, regulation: Regulation) -> None:
    """Note that a person has compared a regulation with its source; twice changes nothing."""
    row = _lock(by, regulation)
    if row.checked:
        return
    if row.own_status == RegulationStatus.UNKNOWN:
        raise RegulationRefused(_("Isi dahulu statusnya, lalu tandai sudah diperiksa."))
    row.checked, row.checked_at, row.checked_by = True, timezone.now(), by.pk
    row.save(update_fields=["checked", "checked_at", "checked_by"])
    _note("regulation.checked", row, by)


def _settle(row: Regulation, *, moved: bool = False) -> None:
    """Set the status that follows from its own and from checked relations; count a change."""
    before = row.status
    acts = row.suffers.filter(checked=True, kind__in=ACTING).values_list("kind", flat=True)
    results = [RESULT[RelationKind(kind)] for kind in acts]
    row.status = max([RegulationStatus(row.own_status), *results], key=GRAVITY.index)
    heavy = GRAVITY.index(row.status) > GRAVITY.index(before) and row.status in RESULT.values()
    if moved or heavy:
        row.change += 1
        row.look_from = row.change
        row.changed_at = timezone.now()


@transaction.atomic
def relate(
    *, by: Any, source: Regulation, kind: str, target: Regulation, article: str, checked: bool
) -> Relation:
    """Note what a regulation does to another; a checked act sets the target's status at once.

    Raises RegulationRefused for doubles, cycles, an older source, and a tenant that would change
    what is not its own.
    """
    if not permissions.may_write(by, source):
        raise PermissionDenied
    # One relation at a time: otherwise several at once could close a circle that none of them sees.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_RELATIONS])
    acting = kind in ACTING
    _check_relation(by, source, target, acting=acting)
    relation = Relation(source=source, kind=kind, target=target, article=article)
    try:
        with transaction.atomic():
            relation.save()
    except IntegrityError as error:
        raise RegulationRefused(_("Hubungan ini sudah tercatat."), field="other") from error
    verb = RelationKind(kind)
    _note("regulation.related", source, by, relation=verb.value, target=target.label)
    if checked:
        _act(relation, by)
    return relation


def _check_relation(by: Any, source: Regulation, target: Regulation, *, acting: bool) -> None:
    if source.pk == target.pk:
        raise RegulationRefused(_("Pilih peraturan lain."), field="other")
    if source.year < target.year:
        raise RegulationRefused(
            _("{source} lebih tua daripada {target}, jadi tidak dapat mengaturnya.").format(
                source=source.label, target=target.label
            ),
            field="other",
        )
    if acting and not permissions.may_write(by, target):
        raise RegulationRefused(
            _("{target} bagian register nasional; hanya LAN yang mengubah statusnya.").format(
                target=target.label
            ),
            field="other",
        )
    if acting and selectors.acts_on(target, source):
        raise RegulationRefused(
            _("{target} sudah tercatat mengubah atau mencabut {source}.").format(
                source=source.label, target=target.label
            ),
            field="other",
        )


def _act(relation: Relation, by: Any) -> None:
    """Let a relation hold, and its act reach who cites the target."""
    target = Regulation.objects.select_for_update().get(pk=relation.target_id)
    relation.checked = True
    if relation.kind in ACTING:
        relation.look_before = target.look_from
        relation.save()
        _settle(target, moved=True)
        target.save()
        relation.made_change = target.change
        _note("regulation.status_changed", target, by, status=target.status, change=target.change)
    relation.save()


@transaction.atomic
def check_relation(*, by: Any, relation: Relation) -> None:
    """Note that a relation was compared with the text: it acts now. Twice changes nothing."""
    found = Relation.objects.select_for_update(of=("self",)).select_related("source", "target")
    row = found.filter(pk=relation.pk).first()
    if row is None or row.checked:
        return
    if not permissions.may_write(by, row.source):
        raise PermissionDenied
    _act(row, by)


@transaction.atomic
def unrelate(*, by: Any, relation: Relation) -> None:
    """Take a mistaken relation back with what it did; twice changes nothing.

    Where nothing else happened to the target since, nobody has to look at it any more.
    """
    found = Relation.objects.select_for_update(of=("self",)).select_related("source", "target")
    row = found.filter(pk=relation.pk).first()
    if row is None:
        return
    if not permissions.may_write(by, row.source):
        raise PermissionDenied
    target = Regulation.objects.select_for_update().get(pk=row.target_id)
    acted = row.checked and row.kind in ACTING
    made, look_before = row.made_change, row.look_before
    row.delete()
    _note("regulation.unrelated", row.source, by, relation=str(row.kind), target=target.label)
    if acted:
        _settle(target)
        if look_before is not None and made == target.change:
            target.look_from = look_before
        target.save()
        _note("regulation.status_changed", target, by, status=target.status, change=target.change)
