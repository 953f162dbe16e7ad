"""The desk's rows: one per thing, upserted, read with words and addresses."""

from typing import Any

from shared_apps.desk import selectors
from shared_apps.desk.models import Item
from tenants.hosts import tenant_url


def test_putting_twice_keeps_one_row(put: Any, make_account: Any) -> None:
    """The same thing again changes the row; repeating it changes nothing more."""
    account = make_account()
    key = put(account)
    for _ in range(2):
        put(account, uuid=key, step="post_test", path="/topik/cuti-pns/post-test/")
    item = Item.objects.get()
    assert (item.step, item.path, item.state) == (
        "post_test",
        "/topik/cuti-pns/post-test/",
        "open",
    )


def test_one_statement(put: Any, make_account: Any, django_assert_num_queries: Any) -> None:
    """A change of step costs one statement, whether or not the row is there."""
    account = make_account()
    with django_assert_num_queries(1):
        key = put(account)
    with django_assert_num_queries(1):
        put(account, uuid=key, done=True)


def test_done_moves_to_the_other_list_and_back(put: Any, make_account: Any) -> None:
    """A thing waits or is done, never both; going on opens it again."""
    account = make_account()
    key = put(account)
    assert [item.title for item in selectors.open_items(account.pk)] == ["Cuti PNS"]
    put(account, uuid=key, step="certificate", done=True)
    assert selectors.open_items(account.pk) == []
    assert [item.uuid for item in selectors.recent_done(account.pk)] == [key]
    put(account, uuid=key, step="survey")
    assert selectors.recent_done(account.pk) == []


def test_items_have_words_and_an_absolute_address(
    put: Any, make_account: Any, tenant_a: Any
) -> None:
    """The step in words, the tenant's name, and the address on the tenant's host."""
    account = make_account()
    put(account)
    (item,) = selectors.open_items(account.pk)
    assert (item.step_label, item.tenant_name) == ("Membaca materi", tenant_a.name)
    assert item.url == tenant_url(tenant_a.pk, "/topik/cuti-pns/baca/")


def test_newest_first_and_only_ones_own(put: Any, make_account: Any) -> None:
    """What was touched last comes first; nobody sees another's desk."""
    account, other = make_account(), make_account()
    first, second = put(account), put(account)
    put(other)
    assert [item.uuid for item in selectors.open_items(account.pk)] == [second, first]
    put(account, uuid=first)
    assert [item.uuid for item in selectors.open_items(account.pk)] == [first, second]
