"""What services refuse by themselves, whichever page or job calls them."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from shared_apps.access.services import grant_role
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.errors import ExtensionNotValid
from tenant_apps.learning.models import TestPlan, Topic
from tenant_apps.learning.permissions import editable_topics, may_edit
from tenant_apps.learning.services import essays, export, plans, workshop
from tenant_apps.question_bank.models import Blueprint
from tests.pages import words_of

Makes = Callable[..., Any]


def test_a_pack_with_the_keys_is_for_who_may_read_the_questions(
    published: Topic, staff: Makes, client_for: Makes, tenant_a: Any, tmp_path: Any
) -> None:
    """Trainers and leaders see topics, but no keys of their tests."""
    url = f"/kelola/topik/{published.slug}/ekspor/"
    for role, status in (("trainer", 403), ("leader", 403), ("reviewer", 200), ("author", 200)):
        worker = staff(role)
        client = client_for(tenant_a, worker)
        answer = client.get(url)
        assert answer.status_code == status, role
        if answer.streaming:
            assert b"".join(answer.streaming_content)[:2] == b"PK"
        page = client.get(f"/kelola/topik/{published.slug}/").content.decode()
        assert (url in page) == (status == 200), role
    with pytest.raises(PermissionDenied):
        export.export_topic(by=staff("trainer"), topic=published, to=tmp_path / "x.zip")


def test_an_author_sets_no_blueprint_for_a_topic_of_another(
    published: Topic, opened: Any, author: Any, manager: Any, client_for: Makes, tenant_a: Any
) -> None:
    blueprint = Blueprint.objects.create(name="Ringkas")
    own = workshop.create_topic(by=author, title="Milik sendiri", slug="", jp=Decimal(1))
    url = f"/kelola/soal/kisi-kisi/{blueprint.pk}/"
    client = client_for(tenant_a, author)
    page = client.get(url).content.decode()
    assert f'"{own.slug}"' in page and f'"{published.slug}"' not in page
    client.post(url + "tes/", {"topik": published.slug, "tes": "post"})
    assert not TestPlan.objects.exists()
    with pytest.raises(PermissionDenied):
        plans.attach(by=author, topic=published, purpose=TestPurpose.POST, blueprint=blueprint)
    client.post(url + "tes/", {"topik": own.slug, "tes": "post"})
    client_for(tenant_a, manager).post(url + "tes/", {"topik": published.slug, "tes": "post"})
    assert {plan.topic_id for plan in TestPlan.objects.all()} == {own.pk, published.pk}


def test_the_topics_one_may_write_are_those_of_the_single_check(
    published: Topic, draft: Topic, staff: Makes, author: Any, manager: Any
) -> None:
    from tenant_apps.administration.services.co_authors import name_co_author

    other = staff("author", "Nyoman Sari")
    name_co_author(by=author, topic=draft, account_id=other.pk)
    for person in (author, manager, other, staff("author"), staff("reviewer"), staff("leader")):
        single = {topic.pk for topic in Topic.objects.all() if may_edit(person, topic)}
        assert set(editable_topics(person).values_list("pk", flat=True)) == single


def test_more_time_does_not_tell_who_has_a_number(
    opened: Any, manager: Any, make_account: Makes, client_for: Makes, tenant_a: Any
) -> None:
    """Nobody's number or address is answered with a name before they learn here."""
    stranger = make_account(name="Orang Asing", agency="kemenkumham", state="confirmed")
    own = make_account(name="Pegawai Sendiri", agency="bkn", state="confirmed")
    until = timezone.localdate() + datetime.timedelta(days=3)
    client = client_for(tenant_a, manager)

    def asked(login: str) -> Any:
        data = {"login": login, "percent": "130", "valid_until": until.isoformat()}
        return client.post("/kelola/soal/waktu/", data, follow=True)

    said = [
        words_of(asked(login)).replace(login, "")
        for login in (stranger.identity.number, stranger.email, "tidak.ada@contoh.test")
    ]
    assert all("Orang Asing" not in page and "Tidak ada peserta" in page for page in said)
    assert "Pegawai Sendiri" in words_of(asked(own.identity.number))
    with pytest.raises(ExtensionNotValid):
        plans.give_time(by=manager, login=stranger.email, percent=130, valid_until=until)
    with pytest.raises(PermissionDenied):
        plans.give_time(by=own, login=own.email, percent=130, valid_until=until)


def test_nobody_marks_their_own_essay(
    opened: Any, manager: Any, client_for: Makes, tenant_a: Any, published: Topic, staff: Makes
) -> None:
    from tenant_apps.members.services.joining import join
    from tenant_apps.sittings.errors import MarkNotValid
    from tenant_apps.sittings.models import EssayMark, PaperItem, Sitting

    member, _new = join(account_id=manager.pk)
    sitting = Sitting.objects.create(
        member=member, subject_kind="topic", subject_uuid=published.pk, purpose="post", seed=1,
        total=1, right=0, points=0, max_points=4, pending=1, state="submitted",
        submitted_at=timezone.now(),
    )  # fmt: skip
    PaperItem.objects.create(
        sitting=sitting, position=1, question_id=sitting.pk, question_version=1, kind="essay",
        body={"stem": "Jelaskan"}, answer="Jawaban saya",
        key={"rubric": [{"text": "Lengkap", "points": 4}]},
    )  # fmt: skip
    client, url = client_for(tenant_a, manager), f"/kelola/esai/{sitting.pk}/1/"
    assert "Jelaskan" not in words_of(client.get("/kelola/esai/"))
    assert client.post(url, {"poin-0": "4"}).status_code == client.get(url).status_code == 404
    with pytest.raises(MarkNotValid):
        essays.mark_essay(by=manager, sitting_id=sitting.pk, position=1, given=[4], comment="")
    with pytest.raises(PermissionDenied):
        essays.mark_essay(
            by=staff("author"), sitting_id=sitting.pk, position=1, given=[4], comment=""
        )
    assert not EssayMark.objects.exists()


def test_a_role_is_taken_at_its_own_tenant_alone(
    tenant_a: Any, tenant_b: Any, make_account: Makes, opened: Any, manager: Any
) -> None:
    from shared_apps.access.services import take_role

    elsewhere = grant_role(account=make_account(), tenant=tenant_b, role="author", by=None)
    with pytest.raises(PermissionDenied):
        take_role(by=manager, assignment=elsewhere)
