"""Pages of the catalogue: kept query, filters, empty states, provider pages, any input."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.hosts import tenant_url


def page(client: Client, address: str) -> str:
    """Return the text of a page that must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_search_page(portal_client: Client, publish: Any, tenant_a: Any) -> None:
    """The query stays in the field, the entry leads to the tenant."""
    publish(tenant_a, "Cuti Pegawai", path="/topik/cuti/")
    text = page(portal_client, "/katalog/?q=cuti")
    assert 'value="cuti"' in text
    assert f'href="{tenant_url(tenant_a.pk, "/topik/cuti/")}"' in text
    assert "BKN Kantor Regional X" in text
    assert "2 JP" in text


def test_filters_are_kept(portal_client: Client, publish: Any, tenant_a: Any) -> None:
    """Chosen filters are marked, also on the way to the next page."""
    for number in range(25):
        publish(tenant_a, f"Cuti {number}")
    text = page(portal_client, "/katalog/?q=cuti&penyelenggara=kanreg10&jp=2&urut=terbaru")
    assert '<option value="kanreg10" selected>' in text
    assert '<option value="2" selected>' in text
    assert '<option value="terbaru" selected>' in text
    next_page = "?q=cuti&amp;penyelenggara=kanreg10&amp;jp=2&amp;urut=terbaru&amp;halaman=2"
    assert next_page in text


def test_a_typo_is_named_in_the_empty_state(
    portal_client: Client, publish: Any, tenant_a: Any
) -> None:
    """Nothing found: which word, and where to go on."""
    publish(tenant_a, "Disiplin PNS")
    text = page(portal_client, "/katalog/?q=disipln+pns")
    assert "Belum ada topik yang cocok" in text
    assert "<strong>disipln</strong>" in text
    assert 'href="/katalog/"' in text


def test_empty_catalogue(portal_client: Client) -> None:
    """Before anything is published the page says what will come."""
    assert "Belum ada topik" in page(portal_client, "/katalog/")
    assert "Belum ada topik" in page(portal_client, "/")


def test_too_general_query_lists_the_newest(
    portal_client: Client, publish: Any, tenant_a: Any
) -> None:
    """Stop words alone are no search: the page says so and shows topics."""
    publish(tenant_a, "Cuti")
    text = page(portal_client, "/katalog/?q=yang+dan")
    assert "terlalu umum" in text
    assert "Cuti" in text


def test_query_counts_do_not_grow(
    portal_client: Client,
    client_for: Any,
    make_account: Any,
    publish: Any,
    tenant_a: Any,
    tenant_b: Any,
    django_assert_max_num_queries: Any,
) -> None:
    """A stranger's search is one statement; a person's adds session, account and roles."""
    for number in range(30):
        publish(tenant_a if number % 2 else tenant_b, f"Cuti {number}")
    person = client_for(None, make_account())
    for client, count in ((portal_client, 1), (person, 4)):
        client.get("/katalog/?q=cuti")
        with django_assert_max_num_queries(count):
            client.get("/katalog/?q=cuti")
        with django_assert_max_num_queries(count):
            client.get("/katalog/")


def test_provider_page(portal_client: Client, publish: Any, tenant_a: Any, tenant_b: Any) -> None:
    """A provider's public page shows who it is and its own entries only."""
    publish(tenant_a, "Cuti di sini")
    publish(tenant_b, "Cuti di sana")
    text = page(portal_client, "/i/kanreg10/")
    assert "Badan Kepegawaian Negara" in text
    assert tenant_url(tenant_a.pk) in text
    assert "Cuti di sini" in text
    assert "Cuti di sana" not in text
    assert portal_client.get("/i/tidak-ada/").status_code == 404


def test_titles_are_escaped(portal_client: Client, publish: Any, tenant_a: Any) -> None:
    """Neither a title nor a query can bring markup into the page."""
    publish(tenant_a, "<script>cuti</script>")
    text = page(portal_client, "/katalog/?q=" + quote('<script>cuti "x'))
    assert "<script>cuti" not in text
    assert "<script>cuti" not in page(portal_client, "/katalog/?q=cuti")


@pytest.mark.parametrize(
    "query",
    ["halaman=0", "halaman=-1", "halaman=99999999999", "halaman=x", "halaman=²", "jp=9",
     "penyelenggara=%00", "urut=x", "q=%00cuti", "halaman=99999&q=cuti", "q=" + "x" * 4000],
)  # fmt: skip
def test_unusable_addresses_are_read_kindly(portal_client: Client, query: str) -> None:
    """What the address says wrongly counts as not said."""
    page(portal_client, f"/katalog/?{query}")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=120))
def test_any_query_is_answered(portal_client: Client, text: str) -> None:
    """No query makes an error page."""
    page(portal_client, "/katalog/?q=" + quote(text))
