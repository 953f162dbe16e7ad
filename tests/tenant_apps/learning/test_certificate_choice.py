"""Which template a certificate is issued with: the class before the topic, then the default."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shared_apps.recognition.models import Certificate
from shared_apps.recognition.services import templates
from shared_apps.recognition.services.templates import Look
from tenant_apps.learning.models import Offering, Topic
from tenant_apps.learning.packs import read_pack
from tenant_apps.learning.services.content import import_topic
from tests.tenant_apps.learning.classroom import make_offering, make_topic
from tests.tenant_apps.learning.conftest import DEMO

pytestmark = pytest.mark.django_db
SIGNERS = [{"name": "Pejabat Contoh", "position": "Kepala", "rank": "", "number": ""}]


def make_template(tenant: Any, name: str, pattern: str = "{nomor}/{tahun}") -> Any:
    """Make a template of the tenant."""
    look = Look(signers=SIGNERS, place="Ende", number_pattern=pattern)
    return templates.create(tenant=tenant, name=name, look=look, by=None)


def issue(account: Any, topic: Topic, offering: Offering | None = None) -> Certificate:
    """Complete a topic and return the certificate."""
    from tenant_apps.learning.models import Enrolment
    from tenant_apps.learning.services.completion import grant
    from tenant_apps.members.services import joining

    member = joining.join(account_id=account.pk)[0]
    enrolment = Enrolment.objects.create(
        member=member, topic=topic, version=topic.current, offering=offering
    )
    grant(by=account, enrolment=enrolment, topic=topic, at=timezone.now(), offering=offering)
    return Certificate.objects.get(pk=enrolment.certificate_id)


def test_the_class_wins_over_the_topic_and_the_topic_over_the_default(
    opened: Any, make_account: Callable[..., Any]
) -> None:
    """What is archived since is passed over; what was issued keeps its look."""
    default, of_topic, of_class = (make_template(opened, name) for name in ("A", "B", "C"))
    templates.make_default(template_id=default.pk, tenant=opened, by=None)
    topic = make_topic()

    def used(offering: Offering | None = None) -> Any:
        found = issue(make_account(agency="bkn", state="confirmed"), topic, offering)
        assert found.template_version is not None
        return found.template_version.template_id

    assert used() == default.pk
    topic.certificate_template = of_topic.pk
    offering = make_offering(topic)
    assert used() == used(offering) == of_topic.pk
    offering.certificate_template = of_class.pk
    assert used(offering) == of_class.pk
    templates.archive(template_id=of_class.pk, tenant=opened, by=None)
    assert used(offering) == of_topic.pk
    templates.archive(template_id=of_topic.pk, tenant=opened, by=None)
    assert used(offering) == used() == default.pk


def test_the_code_of_the_topic_stands_in_the_number(
    opened: Any, make_account: Callable[..., Any]
) -> None:
    """Without one it is made from the title."""
    made = make_template(opened, "Bernomor", "{kode_topik}-{nomor}/{tahun}")
    topic = make_topic()
    topic.certificate_template = made.pk
    assert issue(make_account(agency="bkn"), topic).number.startswith("TND-")
    topic.certificate_code = "NASKAH1"
    assert issue(make_account(agency="bkn"), topic).number.startswith("NASKAH1-")


def test_properties_choose_template_and_code(
    client_for: Callable[..., Client], opened: Any, author: Any, draft: Topic
) -> None:
    """Only the tenant's own templates are taken; an archived choice is shown as such."""
    made = make_template(opened, "Baku Diklat")
    desk = client_for(opened, author)
    url = f"/kelola/topik/{draft.slug}/isian/"
    assert "Baku Diklat" in desk.get(url).content.decode()
    data = {
        "revision": "0", "title": "Cuti Besar", "slug": draft.slug, "summary": "Untuk PNS.",
        "jp": "2", "visibility": "all_asn", "certificate_template": str(draft.pk),
        "certificate_code": "cuti besar",
    }  # fmt: skip
    answer = desk.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "8 huruf besar atau angka" in page
    assert page.count("field-invalid") == 2
    data |= {"certificate_template": str(made.pk), "certificate_code": "CUTI"}
    assert desk.post(url, data).status_code == 302
    kept = Topic.objects.get(pk=draft.pk)
    assert (kept.certificate_template, kept.certificate_code) == (made.pk, "CUTI")
    templates.archive(template_id=made.pk, tenant=opened, by=None)
    assert "Baku Diklat (diarsipkan, tidak dipakai)" in desk.get(url).content.decode()
    data |= {"revision": "1", "certificate_template": ""}
    assert desk.post(url, data).status_code == 302
    assert Topic.objects.get(pk=draft.pk).certificate_template is None


def test_the_class_form_chooses_a_template(
    client_for: Callable[..., Client], opened: Any, manager: Any
) -> None:
    """Left alone it is that of the topic."""
    made = make_template(opened, "Kelas Khusus")
    offering = make_offering(make_topic())
    desk = client_for(opened, manager)
    url = f"/kelola/kelas/{offering.slug}/ubah/"
    page = desk.get(url).content.decode()
    assert "Kelas Khusus" in page and "Templat dari topik" in page
    data = {
        "topic": str(offering.topic_id), "title": "Diklat", "mode": "classical", "form": "B3",
        "enrolment": "self", "visibility": "all_asn", "certificate_template": str(made.pk),
    }  # fmt: skip
    assert desk.post(url, data).status_code == 302
    assert Offering.objects.get(pk=offering.pk).certificate_template == made.pk
    assert desk.post(url, {**data, "certificate_template": ""}).status_code == 302
    assert Offering.objects.get(pk=offering.pk).certificate_template is None


def test_a_pack_imported_again_keeps_the_choice(opened: Any, published: Topic) -> None:
    """Packs know nothing of templates, so the topic's stay."""
    made = make_template(opened, "Baku Diklat")
    Topic.objects.filter(pk=published.pk).update(
        certificate_template=made.pk, certificate_code="CUTI"
    )
    pack = replace(read_pack(DEMO / "kanreg10" / "cuti-pns"), title="Cuti", source_hash="0" * 64)
    topic, changed = import_topic(pack=pack, by=None)
    assert changed and topic.title == "Cuti"
    assert (topic.certificate_template, topic.certificate_code) == (made.pk, "CUTI")
