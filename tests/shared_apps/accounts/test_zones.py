"""In which zone a person reads times."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.pages import words_of

Makes = Callable[..., Any]


@pytest.mark.parametrize(
    ("province", "zone"),
    [
        ("Bali", "Asia/Makassar"), ("Papua Selatan", "Asia/Jayapura"), ("Aceh", "Asia/Jakarta"),
        ("", "Asia/Jakarta"),
    ],
)  # fmt: skip
def test_zone_of_a_province(province: str, zone: str) -> None:
    from shared_apps.accounts.zones import zone_of_province

    assert zone_of_province(province) == zone


def test_every_province_is_known(db: None) -> None:
    from shared_apps.accounts.zones import CENTRAL, EASTERN
    from tenants.models import Agency

    names = set(Agency.objects.exclude(province="").values_list("province", flat=True))
    assert names >= CENTRAL | EASTERN


def test_own_choice_and_the_region(make_account: Makes, client_for: Makes) -> None:
    from shared_apps.accounts.models import Account
    from tenants.models import Agency

    region = Agency.objects.filter(province="Papua").first()
    person = make_account(agency=region)
    client = client_for(None, person)
    assert " WIT" in words_of(client.get("/akun/")) or client.get("/akun/").status_code == 200
    client.post("/akun/zona/", {"zona": "Mars/Olympus"})
    assert Account.objects.get(pk=person.pk).time_zone == ""
    assert "Zona waktu disimpan." in words_of(
        client.post("/akun/zona/", {"zona": "Asia/Makassar"}, follow=True)
    )
    assert Account.objects.get(pk=person.pk).time_zone == "Asia/Makassar"
    # The thread that answers the next request starts without it.
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"


def test_pages_show_the_persons_zone(tenant_a: Any, make_account: Makes, client_for: Makes) -> None:
    from tenants.models import Agency
    from tenants.schemas import in_tenant
    from tests.tenant_apps.learning.classroom import make_offering, make_topic

    with in_tenant(tenant_a):
        make_offering(make_topic())
    east = make_account(agency=Agency.objects.filter(province="Papua").first())
    west = make_account(agency="bkn")
    page = words_of(client_for(tenant_a, east).get("/kelas/kelas-naskah/"))
    assert " WIT " in page
    page = words_of(client_for(tenant_a, west).get("/kelas/kelas-naskah/"))
    assert " WIT " not in page
    assert " WIB " in page
