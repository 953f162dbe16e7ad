"""The register as shipped."""

import pytest

from shared_apps.regulations.choices import RegulationStatus, RelationKind
from shared_apps.regulations.models import Regulation, Relation
from shared_apps.regulations.names import key_of
from shared_apps.regulations.register import import_register

pytestmark = pytest.mark.django_db


def test_the_register_has_its_rows_and_relations() -> None:
    import_register()
    national = Regulation.objects.filter(tenant__isnull=True)
    assert national.count() >= 60
    assert national.filter(checked=True).count() >= 40
    for row in national:
        assert row.key == key_of(row.kind, row.number, row.year)
        assert not row.checked or (row.source and row.status != RegulationStatus.UNKNOWN)
    assert Relation.objects.count() >= 40
    revoked = Relation.objects.filter(kind=RelationKind.REVOKES, checked=True)
    stated = {row.target.status for row in revoked.select_related("target") if row.target.checked}
    assert stated == {RegulationStatus.REVOKED}


def test_importing_again_keeps_what_people_corrected() -> None:
    import_register()
    row = Regulation.objects.get(key="uu-13-2006")
    row.status, row.checked = RegulationStatus.AMENDED, True
    row.save()
    relations = Relation.objects.count()
    assert import_register() == 0
    row.refresh_from_db()
    assert row.checked
    assert Relation.objects.count() == relations
