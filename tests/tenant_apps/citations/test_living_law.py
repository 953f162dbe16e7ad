"""LAN revokes: readers see it, owners hear once, one click or a new version settles it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared_apps.notifications.models import Notification
from shared_apps.regulations import services as register
from shared_apps.regulations.models import Regulation
from tenant_apps.citations import selectors, services
from tenant_apps.citations.models import Citation
from tenant_apps.citations.tasks import tell_owners
from tenants.schemas import in_public, in_tenant

pytestmark = pytest.mark.django_db
PACK = Path(__file__).resolve().parents[3] / "deploy" / "demo" / "kanreg10" / "cuti-pns"
Makes = Callable[..., Any]


def law(key: str) -> Regulation:
    return Regulation.objects.get(key=key)


@pytest.fixture
def topic(lan: Any, tenant_a: Any, settings: Any, tmp_path: Path) -> Any:
    """A published topic of tenant A that cites UU 20/2023 and others."""
    from tenant_apps.learning.packs import read_pack
    from tenant_apps.learning.services.content import import_topic

    settings.MEDIA_ROOT = tmp_path
    with in_tenant(tenant_a):
        return import_topic(pack=read_pack(PACK), by=None)[0]


def revoke(lan: Any, key: str) -> Any:
    values = {
        "kind": "pp", "number": "7", "year": 2026, "about": "Uji", "own_status": "in_force",
        "set_on": None, "source": "",
    }  # fmt: skip
    with in_public():
        source = register.add(by=lan, values=values)
        return register.relate(
            by=lan, source=source, kind="revokes", target=law(key), article="", checked=True
        )


def cited_key(tenant: Any) -> str:
    with in_tenant(tenant):
        return Citation.objects.filter(kind="topic").order_by("pk")[0].regulation.key


def test_a_topic_cites_when_it_is_published(topic: Any, tenant_a: Any) -> None:
    with in_tenant(tenant_a):
        assert Citation.objects.filter(kind="topic", uuid=topic.pk).exists()


def test_banner_costs_a_query_only_where_the_law_moved(
    topic: Any, lan: Any, tenant_a: Any, client_for: Makes, django_assert_num_queries: Any
) -> None:
    client = client_for(tenant_a)
    page = f"/topik/{topic.slug}/"
    client.get(page)
    with CaptureQueriesContext(connection) as context:
        assert "sedang diperiksa" not in client.get(page).text
        calm = len(context)
    key = cited_key(tenant_a)
    relation = revoke(lan, key)
    client.get(page)
    with django_assert_num_queries(calm + 1):
        shown = client.get(page).text
    assert "Materi ini sedang diperiksa" in shown and law(key).label in shown
    with in_public():
        register.unrelate(by=lan, relation=relation)
    client.get(page)
    with django_assert_num_queries(calm):
        assert "sedang diperiksa" not in client.get(page).text


def test_work_list_confirms_in_one_click(
    topic: Any, lan: Any, staff: Makes, tenant_a: Any, tenant_b: Any, client_for: Makes,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    key = cited_key(tenant_a)
    with in_tenant(tenant_b):
        services.cite(
            kind="topic", uuid=topic.pk, title="Di B", path="/topik/b/", owner_id=None,
            names=[law(key).label],
        )  # fmt: skip
    revoke(lan, key)
    manager = staff("manager")
    client = client_for(tenant_a, manager)
    client.get("/kelola/rujukan/")
    with django_assert_max_num_queries(8):
        shown = client.get("/kelola/rujukan/").text
    assert topic.title in shown
    assert "Rujukan ke peraturan yang berubah" in client.get("/kelola/").text
    with in_tenant(tenant_a):
        row = selectors.waiting().filter(kind="topic")[0]
    reader = client_for(tenant_a, staff("trainer"))
    assert topic.title not in reader.get("/kelola/rujukan/").text
    confirm = f"/kelola/rujukan/{row.pk}/sesuai/"
    seen = {"dilihat": str(row.regulation.change)}
    assert reader.post(confirm, seen).status_code == 403
    assert client.post(confirm, {"dilihat": "x"}).status_code == 302
    with in_tenant(tenant_a):
        assert selectors.waiting().filter(kind="topic").exists()
    assert client.post(confirm, seen).status_code == 302
    client.post(confirm, seen)
    with in_tenant(tenant_a):
        assert not selectors.waiting().filter(kind="topic").exists()
    with in_tenant(tenant_b):
        assert [each.title for each in selectors.waiting()] == ["Di B"]


def test_a_new_version_settles_it(topic: Any, lan: Any, staff: Makes, tenant_a: Any) -> None:
    from tenant_apps.learning.services.publication import cite_topic

    revoke(lan, cited_key(tenant_a))
    with in_tenant(tenant_a):
        sections = list(topic.current.sections.all())
        cite_topic(topic, sections)
        assert selectors.changes_in("topic", topic.pk)
        cite_topic(topic, sections, looked_at=True)
        assert selectors.changes_in("topic", topic.pk) == []


def test_owners_hear_once(topic: Any, lan: Any, staff: Makes, tenant_a: Any) -> None:
    from tenant_apps.members.services.joining import join

    author, manager = staff("author"), staff("manager")
    key = cited_key(tenant_a)
    with in_tenant(tenant_a):
        join(account_id=author.pk)
        Citation.objects.filter(kind="topic").update(owner_id=author.pk)
        services.cite(
            kind="question", uuid=lan.pk, title="Soal", path="/kelola/soal/", owner_id=None,
            names=[law(key).label],
        )  # fmt: skip
    assert tell_owners.call() == 0
    revoke(lan, key)
    assert tell_owners.call() >= 2
    assert tell_owners.call() == 0
    own = Notification.objects.get(account_id=author.pk, kind="law.moved")
    assert own.data["title"] == topic.title
    assert Notification.objects.filter(account_id=manager.pk, kind="law.moved_here").count() == 1
    assert not Notification.objects.filter(account_id=manager.pk, kind="law.moved").exists()


def test_a_regulation_lists_what_the_person_may_see(
    topic: Any, lan: Any, tenant_a: Any, client_for: Makes, staff: Makes
) -> None:
    key = cited_key(tenant_a)
    page = f"/regulasi/{key}/"
    assert topic.title in client_for(tenant_a).get(page).text
    with in_tenant(tenant_a):
        type(topic).objects.filter(pk=topic.pk).update(visibility="own")
    assert topic.title not in client_for(tenant_a).get(page).text
    assert topic.title in client_for(tenant_a, staff("author")).get(page).text


def test_old_material_is_cited_once(topic: Any, tenant_a: Any) -> None:
    with in_tenant(tenant_a):
        before = Citation.objects.count()
        Citation.objects.all().delete()
    call_command("cite_material")
    call_command("cite_material")
    with in_tenant(tenant_a):
        assert Citation.objects.count() == before


def test_brackets_become_links_and_questions_cite(topic: Any, tenant_a: Any, lan: Any) -> None:
    from tenant_apps.learning.services.material import render_section
    from tenant_apps.question_bank.models import Question

    with in_tenant(tenant_a):
        html = render_section("Lihat [[PP 11/2017 Pasal 203]].", topic_id=topic.pk, key="a")
        assert 'href="/regulasi/pp-11-2017/#pasal-203"' in html
        question = Question.objects.filter(retired=False)[0]
        question.regulation = "PP 11/2017; UU 20/2023"
        from tenant_apps.question_bank.services.citing import cite_question

        cite_question(question)
        cited = Citation.objects.filter(kind="question", uuid=question.pk)
        assert {row.regulation.key for row in cited} == {"pp-11-2017", "uu-20-2023"}
        question.retired = True
        cite_question(question)
        assert not cited.all().exists()
