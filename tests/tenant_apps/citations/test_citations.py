"""What cites a regulation, and what waits when the law moves."""

import uuid
from typing import Any

import pytest
from django.db.models import F

from shared_apps.regulations.models import Regulation
from shared_apps.regulations.register import import_register
from tenant_apps.citations import selectors, services
from tenant_apps.citations.errors import CitationNotFound
from tenant_apps.citations.models import Citation
from tenants.schemas import in_tenant

pytestmark = pytest.mark.django_db
THING = uuid.UUID(int=7)


@pytest.fixture
def register() -> None:
    import_register()


def cite(*texts: str, names: tuple[str, ...] = ()) -> None:
    services.cite(
        kind="topic", uuid=THING, title="Cuti", path="/topik/cuti/", owner_id=None, texts=texts,
        names=names,
    )  # fmt: skip


def move(key: str) -> None:
    Regulation.objects.filter(key=key).update(change=F("change") + 1, look_from=F("change") + 1)


def test_a_change_reaches_what_cites(tenant_a: Any, tenant_b: Any, register: None) -> None:
    for tenant in (tenant_a, tenant_b):
        with in_tenant(tenant):
            cite(
                "Lihat [[PP 11/2017 Pasal 203]] dan [[PP 94/2021]].",
                names=("UU 20/2023 jo. UU 5/2014", "x"),
            )
            assert Citation.objects.count() == 4
            assert selectors.changes_in("topic", THING) == []
    move("pp-94-2021")
    for tenant in (tenant_a, tenant_b):
        with in_tenant(tenant):
            assert [row.label for row in selectors.changes_in("topic", THING)] == ["PP 94/2021"]
            assert [row.title for row in selectors.waiting()] == ["Cuti"]


def test_confirming_takes_it_off_the_list_until_the_next_change(
    tenant_a: Any, register: None, staff: Any
) -> None:
    with in_tenant(tenant_a):
        cite("[[PP 94/2021]]")
        move("pp-94-2021")
        row = selectors.waiting().get()
        move("pp-94-2021")
        by = staff("author")
        services.confirm(by=by, citation_id=row.pk, seen=1)
        assert selectors.waiting().count() == 1
        services.confirm(by=by, citation_id=row.pk, seen=2)
        assert selectors.waiting().count() == 0
        with pytest.raises(CitationNotFound):
            services.confirm(by=by, citation_id=uuid.uuid4(), seen=1)


def test_writing_again_keeps_what_was_seen_and_drops_what_is_gone(
    tenant_a: Any, register: None
) -> None:
    with in_tenant(tenant_a):
        cite("[[PP 94/2021]] [[PP 11/2017]]")
        move("pp-94-2021")
        cite("[[PP 94/2021]] [[PP 49/2018]] [[PP 9999/2018]]")
        assert [row.label for row in selectors.changes_in("topic", THING)] == ["PP 94/2021"]
        cite("tanpa rujukan")
        assert selectors.changes_in("topic", THING) == []
        cite("[[PP 94/2021]]")
        assert selectors.changes_in("topic", THING) == []


def test_links_of_a_text_take_one_query(
    tenant_a: Any, register: None, django_assert_num_queries: Any
) -> None:
    text = "[[PP 11/2017 Pasal 203]] [[UU 20/2023]] [[Bukan peraturan]]"
    with in_tenant(tenant_a):
        assert selectors.waiting().count() == 0
        with django_assert_num_queries(1):
            link = selectors.link_of([text])
        found = link("pp 11 2017 pasal 203")
        assert found is not None
        assert found.url == "/regulasi/pp-11-2017/#pasal-203"
        assert found.label == "PP 11/2017 Pasal 203"
        assert link("Bukan peraturan") is None
