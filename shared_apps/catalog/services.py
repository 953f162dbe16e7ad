"""Writes of the catalogue; callers are the tenants' services, in their own transaction."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from shared_apps.catalog.choices import Visibility
from shared_apps.catalog.models import Entry
from tenants.choices import ThingKind
from tenants.models import Tenant
from toolkit import search

_UPSERT = """
INSERT INTO catalog_entry (id, tenant_id, kind, uuid, path, title, summary, jp, minutes,
    visibility, agencies, published_at, updated_at, search, ranking)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::integer[], %s, %s, %s::tsvector, %s::tsvector)
ON CONFLICT (tenant_id, kind, uuid) DO UPDATE SET path = excluded.path, title = excluded.title,
    summary = excluded.summary, jp = excluded.jp, minutes = excluded.minutes,
    visibility = excluded.visibility, agencies = excluded.agencies,
    published_at = excluded.published_at, updated_at = excluded.updated_at,
    search = excluded.search, ranking = excluded.ranking
"""


def publish(
    *,
    tenant: Tenant,
    kind: ThingKind | str,
    uuid: UUID,
    path: str,
    title: str,
    summary: str,
    keywords: Iterable[str],
    body: str,
    jp: Decimal | None,
    minutes: int,
    visibility: Visibility | str,
    agencies: Iterable[int] = (),
    published_at: datetime.datetime,
) -> None:
    """Write or renew the snapshot of one thing in the caller's transaction, with one statement.

    `path` is the address on the tenant's host, `agencies` the ids for visibility `chosen`,
    `minutes` the reading time, `body` the plain text or Markdown that can be searched.
    """
    words = list(keywords)
    found_by = search.find_vector(title=title, keywords=words, summary=summary, body=body)
    ranked_by = search.rank_vector(title=title, keywords=words, summary=summary)
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT,
            [
                uuid4(),
                tenant.pk,
                str(kind),
                uuid,
                path,
                title,
                summary,
                jp,
                minutes,
                str(visibility),
                list(agencies),
                published_at,
                timezone.now(),
                found_by,
                ranked_by,
            ],
        )


def withdraw(*, tenant_id: int, kind: ThingKind | str, uuid: UUID) -> None:
    """Take a snapshot out of the catalogue; taking out what is not there changes nothing."""
    Entry.objects.filter(tenant_id=tenant_id, kind=kind, uuid=uuid).delete()
