"""Who may find an entry: the one statement of that rule."""

from typing import Any

from shared_apps.catalog import providers

# Strangers and all ASN find these; learning itself asks for an account.
_LISTED = "catalog_entry.visibility IN ('public', 'all_asn')"
_OWN = "(catalog_entry.visibility = 'own' AND catalog_entry.tenant_id = ANY(%s::bigint[]))"
_CHOSEN = "(catalog_entry.visibility = 'chosen' AND catalog_entry.agencies @> ARRAY[%s])"


def visible_sql(account: Any) -> tuple[str, list[Any]]:
    """Return the condition on `catalog_entry` and its parameters for an account or None.

    `own` is for people whom the provider's agency confirmed as its own, `chosen` for people whom
    one of the entry's agencies confirmed; a declaration alone finds neither. Entries of a
    provider that is not open are left out.
    Providers come from memory: joins here led the planner away from the search index.
    """
    agency_id = getattr(account, "confirmed_agency_id", None)
    if agency_id is None:
        sql, params = _LISTED, []
    else:
        sql = f"({_LISTED} OR {_OWN} OR {_CHOSEN})"
        params = [providers.ids_of_agency(agency_id), agency_id]
    closed = providers.closed_ids()
    if closed:
        sql += " AND catalog_entry.tenant_id <> ALL(%s::bigint[])"
        params.append(closed)
    return sql, params
