"""LAN writes the national register, a tenant its own: what holds follows from what is recorded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from shared_apps.access import services as access
from shared_apps.audit.models import Event
from shared_apps.regulations import selectors, services
from shared_apps.regulations.errors import RegulationRefused
from shared_apps.regulations.models import Regulation
from shared_apps.regulations.register import import_register
from tenants.models import Tenant
from tenants.schemas import in_tenant

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "kind": "pp", "number": "7", "year": 2026, "about": "Uji", "own_status": "in_force",
    "set_on": None, "source": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def register(db: None) -> None:
    import_register()


@pytest.fixture
def lan(make_account: Any, tenant_a: Any) -> Any:
    """Somebody of LAN."""
    Tenant.objects.filter(pk=tenant_a.pk).update(oversees=True)
    tenant_a.oversees = True
    account = make_account(agency="lan")
    access.grant_role(account=account, tenant=tenant_a, role="overseer", by=None)
    return account


@pytest.fixture
def manager(make_account: Any, tenant_a: Any) -> Any:
    account = make_account(agency="bkn", state="confirmed")
    access.grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    return account


def law(key: str) -> Regulation:
    return Regulation.objects.get(key=key)


def revoke(by: Any, source: str, target: str, **other: Any) -> Any:
    values = {"kind": "revokes", "article": "", "checked": True, **other}
    return services.relate(by=by, source=law(source), target=law(target), **values)


def test_a_checked_relation_moves_its_target_and_a_mistake_is_taken_back(lan: Any) -> None:
    services.add(by=lan, values=VALUES)
    relation = revoke(lan, "pp-7-2026", "pp-94-2021")
    moved = law("pp-94-2021")
    assert (moved.status, moved.change, moved.look_from) == ("revoked", 1, 1)
    assert moved.changed_at is not None
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"regulation.added", "regulation.related", "regulation.status_changed"} <= verbs
    services.unrelate(by=lan, relation=relation)
    services.unrelate(by=lan, relation=relation)
    back = law("pp-94-2021")
    assert (back.status, back.change, back.look_from) == ("in_force", 1, 0)
    # The next change is larger than anything that anybody has confirmed.
    revoke(lan, "pp-7-2026", "pp-94-2021", kind="amends")
    again = law("pp-94-2021")
    assert (again.status, again.change, again.look_from) == ("amended", 2, 2)


def test_taking_back_the_lesser_of_two_keeps_the_graver(lan: Any) -> None:
    services.add(by=lan, values=VALUES)
    first = revoke(lan, "pp-7-2026", "pp-94-2021", kind="amends", article="4")
    revoke(lan, "pp-7-2026", "pp-94-2021")
    services.unrelate(by=lan, relation=first)
    row = law("pp-94-2021")
    assert (row.status, row.change, row.look_from) == ("revoked", 2, 2)


def test_what_is_unchecked_does_nothing_until_it_is_checked(lan: Any) -> None:
    services.add(by=lan, values=VALUES)
    relation = revoke(lan, "pp-7-2026", "pp-94-2021", checked=False)
    assert law("pp-94-2021").change == 0
    services.check_relation(by=lan, relation=relation)
    services.check_relation(by=lan, relation=relation)
    assert (law("pp-94-2021").status, law("pp-94-2021").change) == ("revoked", 1)


def test_doubles_cycles_and_older_sources_are_refused(lan: Any) -> None:
    services.add(by=lan, values=VALUES)
    services.add(by=lan, values={**VALUES, "number": "8"})
    services.add(by=lan, values={**VALUES, "number": "9"})
    with pytest.raises(RegulationRefused, match="sudah ada"):
        services.add(by=lan, values={**VALUES, "number": "07"})
    revoke(lan, "pp-7-2026", "pp-8-2026")
    with pytest.raises(RegulationRefused, match="sudah tercatat"):
        revoke(lan, "pp-7-2026", "pp-8-2026")
    revoke(lan, "pp-8-2026", "pp-9-2026", kind="amends")
    with pytest.raises(RegulationRefused, match="sudah tercatat mengubah"):
        revoke(lan, "pp-9-2026", "pp-7-2026")
    with pytest.raises(RegulationRefused, match="lebih tua"):
        revoke(lan, "pp-94-2021", "pp-7-2026")
    with pytest.raises(RegulationRefused, match="peraturan lain"):
        revoke(lan, "pp-7-2026", "pp-7-2026")
    assert law("pp-7-2026").status == "in_force"


def test_an_edit_and_a_check(lan: Any) -> None:
    services.add(by=lan, values={**VALUES, "own_status": "unknown"})
    with pytest.raises(RegulationRefused, match="Isi dahulu"):
        services.check(by=lan, regulation=law("pp-7-2026"))
    services.change(by=lan, regulation=law("pp-7-2026"), values={"own_status": "in_force"})
    assert law("pp-7-2026").change == 0
    services.check(by=lan, regulation=law("pp-7-2026"))
    assert law("pp-7-2026").checked_by == lan.pk
    services.change(by=lan, regulation=law("pp-7-2026"), values={"own_status": "revoked"})
    assert law("pp-7-2026").look_from == 1


def test_a_tenant_writes_only_its_own(manager: Any, lan: Any, tenant_a: Any, tenant_b: Any) -> None:
    with in_tenant(tenant_a):
        with pytest.raises(PermissionDenied):
            services.change(by=manager, regulation=law("pp-94-2021"), values={"about": "x"})
        with pytest.raises(RegulationRefused, match="sudah ada"):
            services.add(by=manager, values={**VALUES, "number": "94", "year": 2021})
        row = services.add(by=manager, values={**VALUES, "kind": "perkada"})
        with pytest.raises(RegulationRefused, match="register nasional"):
            revoke(manager, row.key, "pp-94-2021")
        revoke(manager, row.key, "pp-94-2021", kind="implements")
        assert [told.other.key for told in selectors.relations_of(law("pp-94-2021"))[0]][-1:] == [
            "perkada-7-2026"
        ]
    with in_tenant(tenant_b):
        assert selectors.find_regulation("perkada-7-2026") is None
        others = [told.other.key for told in selectors.relations_of(law("pp-94-2021"))[0]]
        assert "perkada-7-2026" not in others
        with pytest.raises(PermissionDenied):
            services.add(by=manager, values=VALUES)
    assert selectors.find_regulation("perkada-7-2026") is None
    with pytest.raises(PermissionDenied):
        services.change(by=lan, regulation=law("perkada-7-2026"), values={"about": "x"})


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pp 11 2017", "pp-11-2017"),
        ("PP No. 11 Tahun 2017", "pp-11-2017"),
        ("uu 20", "uu-20-2023"),
        ("permenpan-rb 14", "permenpan-14-2017"),
        ("Peraturan BKN nomor 7", "perbkn-7-2022"),
        ("mendisiplinkan", "pp-94-2021"),
        ("pp disiplin", "pp-94-2021"),
    ],
)
def test_suggestions_find_what_people_type(typed: str, first: str) -> None:
    assert first in [row.key for row in selectors.suggestions(typed)]


def test_pages_of_lan(lan: Any, client_for: Callable[..., Any]) -> None:
    client = client_for(None, lan)
    room = "/lan/regulasi/"
    assert client.get(room).status_code == 200
    bad = client.post(room + "baru/", {"kind": "pp", "number": "??", "year": "2090", "about": "A"})
    assert bad.status_code == 422
    assert "Tahun ini belum tiba." in bad.text and "Tulis nomornya saja" in bad.text
    good = {"kind": "pp", "number": "7", "year": "2026", "about": "Uji", "own_status": "in_force"}
    assert client.post(room + "baru/", good)["location"] == room + "pp-7-2026/"
    assert "sudah ada di register" in client.post(room + "baru/", good).text
    page = room + "pp-7-2026/"
    assert "Sudah diperiksa" in client.get(page).text
    assert client.post(page, {"aksi": "periksa"}).status_code == 302
    relation = {"aksi": "hubungkan", "hubungan-kind": "revokes", "hubungan-checked": "on"}
    refused = client.post(page, {**relation, "hubungan-other": "bukan apa-apa"})
    assert refused.status_code == 422 and "misalnya PP 11/2017" in refused.text
    assert (
        "belum ada di register"
        in client.post(page, {**relation, "hubungan-other": "PP 99/1999"}).text
    )
    assert client.post(page, {**relation, "hubungan-other": "pp 94 2021"}).status_code == 302
    shown = client.get("/regulasi/pp-94-2021/").text
    assert "dicabut oleh" in shown and "PP 7/2026" in shown
    row = law("pp-7-2026").does.get()
    assert client.get(f"{room}hubungan/{row.pk}/").status_code == 200
    client.post(f"{room}hubungan/{row.pk}/", {"aksi": "batalkan"})
    assert law("pp-94-2021").status == "in_force"
    edit = {"aksi": "ubah", "about": "", "own_status": "in_force"}
    assert client.post(page, edit).status_code == 422
    assert client.post(page, {**edit, "about": "Uji baru"}).status_code == 302
    assert law("pp-7-2026").about == "Uji baru"


def test_public_pages(
    client_for: Callable[..., Any], django_assert_max_num_queries: Any, tenant_a: Any
) -> None:
    for place in (None, tenant_a):
        client = client_for(place)
        client.get("/regulasi/")
        with django_assert_max_num_queries(4):
            assert client.get("/regulasi/?jenis=pp&thn=2017&status=amended").status_code == 200
        assert client.get("/regulasi/?q=pp+11+2017")["location"] == "/regulasi/pp-11-2017/"
        assert "Tidak ada yang cocok" in client.get("/regulasi/?q=zzzz&thn=x").text
        with django_assert_max_num_queries(5):
            page = client.get("/regulasi/pp-11-2017/").text
        assert "diubah oleh" in page and "PP 17/2020" in page
        assert client.get("/regulasi/pp-1-1801/").status_code == 404
        assert client.get("/regulasi/saran/?q=pp+11").json()["found"]
        assert client.get("/regulasi/saran/?q=").json()["found"] == []
        assert client.get("/regulasi/?format=csv").status_code == 200
