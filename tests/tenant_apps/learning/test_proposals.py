"""One agency proposes its people for another's class, and sees those people alone."""

from collections.abc import Callable
from typing import Any

import pytest

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import grant, make_offering, make_topic

Makes = Callable[..., Any]


@pytest.fixture
def home(tenant_b: Any, make_account: Makes) -> Any:
    """The training unit of Kemenkumham."""
    return grant(make_account(agency="kemenkumham", state="confirmed"), tenant_b)


@pytest.fixture
def provider(tenant_a: Any, make_account: Makes) -> Any:
    """The training unit of BKN's regional office."""
    return grant(make_account(agency="bkn", state="confirmed"), tenant_a)


@pytest.fixture
def staff(make_account: Makes) -> list[Any]:
    """Six confirmed people of Kemenkumham."""
    return [
        make_account(agency="kemenkumham", state="confirmed", name=f"Usulan {n}") for n in range(6)
    ]


@pytest.fixture
def announcement(tenant_a: Any) -> Any:
    """A class of BKN that takes five people of each agency and has four seats."""
    from shared_apps.offerings.models import Announcement

    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), quota=5, capacity=4, days_ahead=-1)
    return Announcement.objects.get(uuid=offering.pk)


def _numbers(accounts: list[Any]) -> str:
    return "\n".join(account.identity.number for account in accounts)


def test_the_whole_way(
    tenant_a: Any, tenant_b: Any, home: Any, provider: Any, staff: list[Any], announcement: Any,
    client_for: Makes, make_account: Makes,
) -> None:  # fmt: skip
    from shared_apps.notifications.models import Notification
    from shared_apps.offerings.models import Proposal, ProposalPerson
    from tenant_apps.learning.models import Offering, Seat
    from tenant_apps.learning.services import attendance

    at_home, at_provider = client_for(tenant_b, home), client_for(tenant_a, provider)
    assert "Kelas Tata Naskah" in words_of(at_home.get("/kelola/usulan/kelas/"))
    url = f"/kelola/usulan/kelas/{announcement.pk}/"
    assert "masih dapat mengusulkan 5 orang" in words_of(at_home.get(url))
    response = at_home.post(url, {"numbers": _numbers(staff[:5]), "note": "Mohon diterima"})
    assert response.status_code == 302
    proposal = Proposal.objects.get()
    assert Notification.objects.get(account=provider).kind == "proposal.made"

    page = "/kelola/kelas/kelas-naskah/usulan/"
    assert "Usulan 0" in words_of(at_provider.get(page))
    rows = list(ProposalPerson.objects.order_by("pk"))
    ids = [str(row.pk) for row in rows]
    refused = at_provider.post(
        f"{page}jawab/", {"pilih": ids[:1], "aksi": "kembalikan"}, follow=True
    )
    assert "Tulis catatan" in words_of(refused)
    at_provider.post(
        f"{page}jawab/", {"pilih": ids[:1], "aksi": "kembalikan", "catatan": "Beda jabatan"}
    )
    at_provider.post(f"{page}jawab/", {"pilih": ids, "aksi": "terima"})
    states = [row.state for row in ProposalPerson.objects.order_by("pk")]
    assert states == ["returned", "seated", "seated", "seated", "seated"]
    (sent,) = at_home.get("/kelola/usulan/").context["listing"].page
    assert (sent.count, sent.unanswered, sent.accepted, sent.returned) == (5, 0, 4, 1)
    assert Notification.objects.filter(account=home, kind="proposal.answered").count() == 2

    with in_tenant(tenant_a):
        offering = Offering.objects.get(slug="kelas-naskah")
        seat = Seat.objects.get(member_id=rows[1].account_id)
        assert seat.source == "proposed"
        for session in offering.sessions.all()[:1]:
            attendance.record_list(by=provider, session=session, present={seat.pk}, shown={seat.pk})
    rows[1].refresh_from_db()
    assert rows[1].attendance == 50
    own = words_of(at_home.get(f"/kelola/usulan/{proposal.pk}/"))
    assert "Beda jabatan" in own
    assert "50%" in own
    assert "Diterima" in own

    letter = at_provider.post(
        "/kelola/kelas/kelas-naskah/surat/",
        {"number": "800/1/2026", "agency": str(tenant_b.agency_id)},
    )
    assert letter.status_code == 302
    shown = at_home.get(f"/kelola/usulan/{proposal.pk}/")
    assert "Surat panggilan 800/1/2026" in words_of(shown)
    called = Notification.objects.filter(kind="offering.called")
    assert called.count() == 4


def test_sees_nobody_else(
    tenant_a: Any, tenant_b: Any, home: Any, provider: Any, staff: list[Any], announcement: Any,
    client_for: Makes, make_account: Makes,
) -> None:  # fmt: skip
    from shared_apps.offerings.models import Letter, Proposal
    from tenant_apps.learning.models import Offering
    from tenant_apps.learning.services import seats
    from tenant_apps.learning.services.letters import call

    outsider = make_account(agency="lan", name="Orang Instansi Lain", state="confirmed")
    with in_tenant(tenant_a):
        offering = Offering.objects.get()
        seats.sign_up(by=outsider, offering=offering)
        foreign = call(
            by=provider, offering=offering, number="1", agency_id=outsider.home_agency_id
        )
    at_home = client_for(tenant_b, home)
    at_home.post(
        f"/kelola/usulan/kelas/{announcement.pk}/", {"numbers": _numbers(staff[:1]), "note": ""}
    )
    proposal = Proposal.objects.get()
    for path in ("/kelola/usulan/", "/kelola/usulan/kelas/", f"/kelola/usulan/{proposal.pk}/"):
        assert "Orang Instansi Lain" not in words_of(at_home.get(path))
    assert at_home.get(f"/kelola/usulan/surat/{foreign.pk}/").status_code == 404
    assert Letter.objects.count() == 1
    # The provider's own room shows proposals to it, not those of others as a home unit.
    at_provider = client_for(tenant_a, provider)
    assert at_provider.get(f"/kelola/usulan/{proposal.pk}/").status_code == 404
    assert (
        at_provider.post(f"/kelola/usulan/{proposal.pk}/tarik/", {"orang": "x"}).status_code == 404
    )
    assert at_provider.get(f"/kelola/usulan/kelas/{announcement.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"quota": 2}, "Kuota instansi Anda tinggal 2 orang"),
        ({"state": "closed"}, ""),
        ({"quota": 0}, ""),
        ({"visibility": "own"}, ""),
    ],
)
def test_refusals_of_a_class(
    tenant_b: Any, home: Any, staff: list[Any], announcement: Any, client_for: Makes,
    change: dict[str, Any], sentence: str,
) -> None:  # fmt: skip
    from shared_apps.offerings.models import Announcement, Proposal

    Announcement.objects.filter(pk=announcement.pk).update(**change)
    client = client_for(tenant_b, home)
    response = client.post(
        f"/kelola/usulan/kelas/{announcement.pk}/", {"numbers": _numbers(staff[:3]), "note": "Halo"}
    )
    assert response.status_code == (422 if sentence else 404)
    if sentence:
        assert sentence in words_of(response)
        assert "Halo" in response.content.decode()
    assert not Proposal.objects.exists()


def test_only_own_people_and_only_once(
    tenant_b: Any, home: Any, staff: list[Any], announcement: Any, client_for: Makes,
    make_account: Makes,
) -> None:  # fmt: skip
    from shared_apps.offerings.models import Proposal, ProposalPerson

    foreign = make_account(agency="bkn", state="confirmed")
    client = client_for(tenant_b, home)
    url = f"/kelola/usulan/kelas/{announcement.pk}/"
    response = client.post(url, {"numbers": _numbers([*staff[:2], foreign])})
    assert response.status_code == 422
    assert "1 nomor belum dapat diusulkan" in words_of(response)
    assert "Bukan NIP" in words_of(client.post(url, {"numbers": "abc"}))
    assert not Proposal.objects.exists()
    client.post(url, {"numbers": _numbers(staff[:2])})
    assert "2 orang sudah diusulkan" in words_of(client.post(url, {"numbers": _numbers(staff[:3])}))
    proposal = Proposal.objects.get()
    person = ProposalPerson.objects.order_by("pk").first()
    assert person
    client.post(f"/kelola/usulan/{proposal.pk}/tarik/", {"orang": str(person.pk)})
    person.refresh_from_db()
    assert person.state == "withdrawn"
    # Taken back, the same person may be proposed again.
    account = next(row for row in staff if row.pk == person.account_id)
    assert client.post(url, {"numbers": _numbers([account])}).status_code == 302
