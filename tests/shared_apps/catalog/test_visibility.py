"""Who finds an entry: the whole matrix, in lists and in the search alike."""

from typing import Any

import pytest

from shared_apps.catalog import selectors
from shared_apps.catalog.providers import forget_providers
from tenants.models import Agency, Tenant
from toolkit.search import parse

# Tenant A belongs to BKN; `chosen` names Kemenkumham.
MATRIX = {
    None: {"all_asn", "public"},
    "bkn": {"all_asn", "public", "own"},
    "kemenkumham": {"all_asn", "public", "chosen"},
    "lan": {"all_asn", "public"},
}


@pytest.fixture
def _entries(publish: Any, tenant_a: Any) -> None:
    chosen = Agency.objects.get(code="kemenkumham")
    for visibility in ("own", "chosen", "all_asn", "public"):
        agencies = [chosen.pk] if visibility == "chosen" else []
        publish(tenant_a, f"Cuti {visibility}", visibility=visibility, agencies=agencies)


@pytest.mark.usefixtures("_entries")
@pytest.mark.parametrize("agency", list(MATRIX))
def test_matrix(agency: str | None, make_account: Any) -> None:
    """Every reading of the catalogue gives the same answer."""
    account = make_account(agency=agency, state="confirmed") if agency else None
    expected = {f"Cuti {visibility}" for visibility in MATRIX[agency]}
    query = parse("cuti")
    readings = [
        [entry.title for entry in selectors.newest(account).entries],
        [entry.title for entry in selectors.search(query, account).entries],
        [entry.title for entry in selectors.search_newest(query, account).entries],
    ]
    assert [set(reading) for reading in readings] == [expected] * 3


@pytest.mark.usefixtures("_entries")
def test_words_of_hidden_entries_are_not_given_away(make_account: Any) -> None:
    """The hint on unknown words knows only what the person may find."""
    assert selectors.words_without_match(parse("own"), None) == ["own"]
    assert (
        selectors.words_without_match(parse("own"), make_account(agency="bkn", state="confirmed"))
        == []
    )


def test_entries_of_a_closed_provider_are_left_out(publish: Any, tenant_a: Any) -> None:
    """What leads to a provider that is not open is not listed."""
    publish(tenant_a, "Cuti PNS")
    Tenant.objects.filter(pk=tenant_a.pk).update(state="suspended")
    forget_providers()
    try:
        assert selectors.newest(None).entries == []
        assert selectors.search(parse("cuti"), None).entries == []
    finally:
        Tenant.objects.filter(pk=tenant_a.pk).update(state="active")
        forget_providers()
