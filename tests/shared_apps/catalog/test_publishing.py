"""Snapshots: written once per thing, renewed, taken out, rolled back with the caller."""

import uuid
from typing import Any

import pytest
from django.db import transaction

from shared_apps.catalog import services
from shared_apps.catalog.models import Entry


def test_publishing_again_renews_the_same_entry(publish: Any, tenant_a: Any) -> None:
    """One entry per thing, whatever is published how often."""
    key = publish(tenant_a, "Cuti PNS", body="tahunan")
    first = Entry.objects.get()
    publish(tenant_a, "Cuti dan Izin", uuid=key, body="bersalin")
    entry = Entry.objects.get()
    assert (entry.pk, entry.title, entry.tenant_id) == (first.pk, "Cuti dan Izin", tenant_a.pk)
    assert "'salin'" in str(entry.search)
    assert "'tahun'" not in str(entry.search)


def test_one_statement(publish: Any, tenant_a: Any, django_assert_num_queries: Any) -> None:
    """Publishing costs the caller's transaction one statement."""
    with django_assert_num_queries(1):
        publish(tenant_a, "Cuti PNS")


def test_a_rolled_back_transaction_publishes_nothing(publish: Any, tenant_a: Any) -> None:
    """The snapshot stands or falls with the topic."""
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(tenant_a, "Cuti PNS")
        raise RuntimeError
    assert not Entry.objects.exists()


def test_withdrawing(publish: Any, tenant_a: Any, tenant_b: Any) -> None:
    """Taking out is by tenant and thing, and can be repeated."""
    key = publish(tenant_a, "Cuti PNS")
    publish(tenant_b, "Cuti lain", uuid=key)
    for _ in range(2):
        services.withdraw(tenant_id=tenant_a.pk, kind="topic", uuid=key)
    assert [entry.tenant_id for entry in Entry.objects.all()] == [tenant_b.pk]


def test_things_of_two_tenants_are_apart(publish: Any, tenant_a: Any, tenant_b: Any) -> None:
    """The same uuid at two tenants is two things."""
    key = uuid.uuid4()
    publish(tenant_a, "Satu", uuid=key)
    publish(tenant_b, "Dua", uuid=key)
    assert Entry.objects.count() == 2
