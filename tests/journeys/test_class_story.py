"""A blended class from signing up to the certificate; its topic counts once."""

from typing import Any

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import make_offering


def test_blended_class(learner: Any, tenant_a: Any) -> None:
    from shared_apps.recognition.models import Certificate, LedgerEntry
    from tenant_apps.learning.checkin import token_for
    from tenant_apps.learning.models import Seat, Topic
    from tenant_apps.surveys.models import Response

    with in_tenant(tenant_a):
        topic = Topic.objects.get(slug=learner.slug)
        offering = make_offering(
            topic, slug="blended", sessions=1, days_ahead=0, mode="blended", with_tests=True,
            batch="II", form="B10",
        )  # fmt: skip
        token = token_for(offering.sessions.get().pk)
    client = learner.client
    response = client.post("/kelas/blended/daftar/", follow=True)
    assert "Anda terdaftar di kelas ini." in words_of(response)
    learner.test("pre", 4)
    learner.read()
    learner.test("post", 8)
    assert learner.enrolment().step == "attendance"
    assert learner.enrolment().certificate_id is None
    page = words_of(client.get(learner.url("tatap-muka/")))
    assert "Anda lulus post-test." in page
    assert "Hadir di 0 dari 1 sesi" in page
    # The survey is closed until then.
    assert client.get(learner.url("survei/")).headers["Location"] == learner.url("tatap-muka/")
    client.get(f"/kelas/hadir/{token}/")
    assert "Kehadiran tercatat" in words_of(client.post("/kelas/hadir/"))
    assert learner.enrolment().step == "survey"
    assert learner.survey().status_code == 302
    certificate = Certificate.objects.get(account=learner.account)
    assert (certificate.form, certificate.batch, certificate.venue) == ("B10", "II", "Denpasar")
    assert certificate.released
    assert LedgerEntry.objects.filter(account=learner.account).count() == 1
    with in_tenant(tenant_a):
        assert Seat.objects.get(member_id=learner.account.pk).state == "completed"
        # Neither the person nor a class this small is known to the anonymous answers.
        assert Response.objects.get().offering is None
        other = make_offering(topic, slug="lagi", title="Lagi")
    text = words_of(client.post("/kelas/lagi/daftar/", follow=True))
    assert "Sudah menyelesaikan" in text
    with in_tenant(tenant_a):
        assert not Seat.objects.filter(offering=other).exists()
    learner.start()
    assert LedgerEntry.objects.filter(account=learner.account).count() == 1
