"""What no browser sends: every address refuses it with a page, never with a fault."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
NUL = "1\0"


def test_answers_that_no_paper_offers_are_refused(learner: Any) -> None:
    """NUL, a megabyte, broken letters, huge and negative numbers, repeated keys."""
    learner.start()
    learner.client.post(learner.url("pre-test/"))
    sitting = learner.items("pre")[0].sitting_id
    for answer in (NUL, "\0", "x" * 1_000_000, "\ufffd", "1'\"}]", "²"):
        data = {"seq-1": "0", "jawaban-1": answer}
        assert learner.client.post(f"/tes/{sitting}/1/", data).status_code == 422, answer[:9]
    for seq in ("-1", "99999999", "²", "1e3", "\0", ""):
        data = {"seq-1": seq, "jawaban-1": "1"}
        assert learner.client.post(f"/tes/{sitting}/1/", data).status_code == 422, seq
    for position in (0, 11, 40_000, 10**20):
        data = {f"seq-{position}": "0", f"jawaban-{position}": "1"}
        answered = learner.client.post(f"/tes/{sitting}/{position}/", data)
        assert answered.status_code == 404, position
    assert learner.items("pre")[0].answer == ""
    data = {"seq-1": ["7", "0"], "jawaban-1": ["2", "1"], "seq-2": "0", "jawaban-2": NUL}
    assert learner.client.post(learner.url("pre-test/simpan/"), data).status_code == 302
    # Two options are no answer to a question that takes one.
    assert [item.answer for item in learner.items("pre")[:2]] == ["", ""]
    assert learner.client.post(learner.url("pre-test/kumpulkan/"), data).status_code == 302
    assert learner.enrolment().step == "reading"


def test_a_survey_with_a_nul_is_sent_without_it(learner: Any) -> None:
    """The comment is kept, the letter that the database refuses is not."""
    from tenant_apps.surveys.models import Response
    from tenants.schemas import in_tenant

    learner.until_post_test()
    learner.test("post", 8)
    data = {f"U{n}": "4" for n in range(1, 10)} | {"saran": "baik\0 sekali", "U1\0": "\0"}
    assert learner.client.post(learner.url("survei/"), data).status_code == 302
    with in_tenant(learner.tenant):
        assert Response.objects.get().comment == "baik sekali"


@pytest.mark.parametrize("text", ["http://[/", "//[", "http://[::/v/x", "/" * 150, "\0", "a/?b#["])
def test_a_code_that_is_no_address_is_refused_at_its_field(
    portal_client: Client, text: str
) -> None:
    """Brackets make a text no address; the form says what a code looks like."""
    answer = portal_client.get("/v/", {"kode": text})
    assert answer.status_code == 200


def test_a_pasted_address_leads_to_its_code(portal_client: Client) -> None:
    """With and without a query."""
    for text in ("https://x.test/v/7kq2-m9xd-40rt/", "x.test/v/7KQ2M9XD40RT?a=/b#c"):
        answer = portal_client.get("/v/", {"kode": text})
        assert answer["Location"] == "/v/7KQ2-M9XD-40RT/"


def test_a_session_cookie_with_a_nul_is_no_session(portal_client: Client) -> None:
    """A quoted cookie can hold any byte; the person is a stranger."""
    portal_client.cookies[settings.SESSION_COOKIE_NAME] = "\0aaaaaaaaaaaaaaaaaaaa"
    portal_client.cookies[settings.SESSION_COOKIE_NAME].set(
        settings.SESSION_COOKIE_NAME, "\0aaaaaaaaaaaa", '"\\000aaaaaaaaaaaa"'
    )
    assert portal_client.get("/saya/")["Location"].startswith(settings.PORTAL_URL)
    assert portal_client.get("/").status_code == 200


@pytest.mark.parametrize("charset", ["base64", "utf-16", "utf-7", "rot13"])
def test_a_form_in_another_charset_is_refused(portal_client: Client, charset: str) -> None:
    """Some of Python's codecs are none of text: naming one was a fault."""
    body = b'--x\r\nContent-Disposition: form-data; name="kode"\r\n\r\n0\r\n--x--'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert portal_client.generic("POST", "/akun/masuk/", body, kind).status_code == 400


def test_a_form_of_many_megabytes_is_refused_before_it_is_read(portal_client: Client) -> None:
    """The announced length decides, so that nobody fills the disk."""
    body = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a"\r\n\r\n0\r\n--x--'
    kind = "multipart/form-data; boundary=x"
    for length, status in ((len(body), 200), (settings.UPLOAD_LIMIT + 1, 400)):
        answer = portal_client.generic(
            "POST", "/akun/masuk/", body, kind, CONTENT_LENGTH=str(length)
        )
        assert answer.status_code == status


def test_the_queue_is_searched_without_a_nul(
    tenant_a: Any, make_account: Any, client_for: Any
) -> None:
    """The words around it count."""
    from shared_apps.access.services import grant_role

    manager = make_account(name="Wayan", agency="bkn", state="confirmed")
    grant_role(account=manager, tenant=tenant_a, role="manager", by=None)
    make_account(name="Nyoman Cari", agency="bkn")
    page = client_for(tenant_a, manager).get("/kelola/identitas/", {"q": "Nyo\0man"})
    assert page.status_code == 200 and "Nyoman Cari" in page.content.decode()


@pytest.mark.parametrize("visibility", ["own", "chosen"])
def test_only_whom_the_agency_confirmed_sees_what_is_its_own(
    learner: Any, make_account: Any, client_for: Any, visibility: str
) -> None:
    """Declaring an agency opens nothing; its word opens its topics, and a rejection closes them.

    In the catalogue, on the tenant's pages, by direct address and for the images.
    """
    from shared_apps.accounts.models import Account, Identity
    from shared_apps.catalog.models import Entry
    from tenant_apps.learning.models import Topic
    from tenant_apps.learning.permissions import may_read_topic_file
    from tenants.schemas import in_tenant

    bkn = learner.tenant.agency
    account = make_account(name="Pengaku", agency=bkn)
    change = {"visibility": visibility, "agencies": [bkn.pk] if visibility == "chosen" else []}
    with in_tenant(learner.tenant):
        Topic.objects.filter(slug=learner.slug).update(**change)
        topic = Topic.objects.get(slug=learner.slug)
    Entry.objects.filter(uuid=topic.pk).update(**change)
    portal, tenant = client_for(None, account), client_for(learner.tenant, account)

    def seen() -> set[bool]:
        with in_tenant(learner.tenant):
            image = may_read_topic_file(Account.objects.get(pk=account.pk), topic.pk)
        return {
            image,
            learner.url() in portal.get("/katalog/").content.decode(),
            learner.url() in portal.get("/katalog/", {"q": topic.title}).content.decode(),
            learner.url() in portal.get(f"/i/{learner.tenant.code}/").content.decode(),
            learner.url() in tenant.get("/topik/").content.decode(),
            learner.url() in tenant.get("/").content.decode(),
            tenant.get(learner.url()).status_code == 200,
        }

    assert seen() == {False}
    Identity.objects.filter(account=account).update(state="confirmed")
    assert seen() == {True}
    tenant.post(learner.url("mulai/"))
    Identity.objects.filter(account=account).update(state="rejected")
    assert seen() == {False}
    assert tenant.get(learner.url("pre-test/")).status_code == 404
    # A stranger and a person of another agency find as little.
    assert client_for(learner.tenant).get(learner.url()).status_code == 404
    assert (
        client_for(learner.tenant, make_account(agency="lan")).get(learner.url()).status_code == 404
    )
