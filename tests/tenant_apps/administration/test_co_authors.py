"""Co-authors: the right on one topic and on no other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from shared_apps.access.services import grant_role, withdraw_role
from shared_apps.audit.models import Event
from shared_apps.notifications.models import Notification
from tenant_apps.administration.errors import CoAuthorRefused
from tenant_apps.administration.services import co_authors
from tenant_apps.learning.models import Topic
from tenant_apps.learning.permissions import may_edit
from tenant_apps.members.services.joining import join
from tenants.schemas import in_tenant
from tests.pages import words_of

Makes = Callable[..., Any]
URL = "/kelola/topik/cuti/penulis/"


@pytest.fixture
def writers(make_account: Makes, tenant_a: Any) -> dict[str, Any]:
    """Two authors, a reviewer, and a topic of the first author."""
    people = {name: make_account(name=name.title()) for name in ("ayu", "made", "nila")}
    for name, role in (("ayu", "author"), ("made", "author"), ("nila", "reviewer")):
        grant_role(account=people[name], tenant=tenant_a, role=role, by=None)
    with in_tenant(tenant_a):
        owner, _new = join(account_id=people["ayu"].pk)
        people["topic"] = Topic.objects.create(
            slug="cuti", title="Cuti PNS", summary="Cuti", jp=2, owner=owner
        )
        people["other"] = Topic.objects.create(slug="lain", title="Lain", summary="x", jp=2)
    return people


def test_the_right_holds_on_one_topic(
    writers: dict[str, Any], client_for: Makes, tenant_a: Any
) -> None:
    made, topic = writers["made"], writers["topic"]
    ayu = client_for(tenant_a, writers["ayu"])
    page = words_of(ayu.get(URL))
    assert "Pemilik Ayu" in page and "Made" in page and "Nila" not in page
    done = ayu.post(URL, {"person": str(made.pk)}, follow=True)
    assert "Made kini ikut menyusun topik ini." in words_of(done)
    with in_tenant(tenant_a):
        assert may_edit(made, topic)
        assert not may_edit(made, writers["other"])
    notice = Notification.objects.get()
    assert (notice.account, notice.path) == (made, "/kelola/topik/cuti/")
    again = ayu.post(URL, {"person": str(made.pk)})
    assert again.status_code == 422
    ayu.post(f"{URL}{made.pk}/lepas/")
    ayu.post(f"{URL}{made.pk}/lepas/")
    with in_tenant(tenant_a):
        made.__dict__.pop("_role_names", None)
        assert not may_edit(made, topic)
    verbs = Event.objects.filter(verb__startswith="topic.co_author").values_list("verb", flat=True)
    assert sorted(verbs) == ["topic.co_author_named", "topic.co_author_removed"]
    assert ayu.post(URL, {"person": str(made.pk)}).status_code == 302
    assert Notification.objects.count() == 2


def test_without_the_role_the_right_opens_nothing(writers: dict[str, Any], tenant_a: Any) -> None:
    made, topic = writers["made"], writers["topic"]
    with in_tenant(tenant_a):
        co_authors.name_co_author(by=writers["ayu"], topic=topic, account_id=made.pk)
        withdraw_role(account=made, tenant=tenant_a, role="author", by=None)
        made.__dict__.pop("_role_names", None)
        assert not may_edit(made, topic)


def test_who_decides(
    writers: dict[str, Any], manager: Any, client_for: Makes, tenant_a: Any, tenant_b: Any
) -> None:
    made, topic = writers["made"], writers["topic"]
    with in_tenant(tenant_a):
        for by in (made, writers["nila"]):
            with pytest.raises(PermissionDenied):
                co_authors.name_co_author(by=by, topic=topic, account_id=made.pk)
            with pytest.raises(PermissionDenied):
                co_authors.remove_co_author(by=by, topic=topic, account_id=made.pk)
        with pytest.raises(CoAuthorRefused):
            co_authors.name_co_author(by=manager, topic=topic, account_id=writers["nila"].pk)
        co_authors.name_co_author(by=manager, topic=topic, account_id=made.pk)
    reviewer = client_for(tenant_a, writers["nila"])
    assert "Lepas" not in words_of(reviewer.get(URL))
    assert reviewer.post(URL, {"person": str(made.pk)}).status_code == 403
    assert (
        client_for(tenant_a, make := writers["made"]).post(f"{URL}{make.pk}/lepas/").status_code
        == 403
    )
    assert client_for(tenant_a, manager).get(URL.replace("cuti", "tidak-ada")).status_code == 404
