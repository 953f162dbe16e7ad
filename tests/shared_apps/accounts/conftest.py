"""Fixtures of accounts: mails that were left to the worker, rules, quick passwords."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.shared_apps.accounts.people import EMAIL, NUMBER, PASSWORD


@pytest.fixture(autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash passwords quickly, and forget what the process keeps of agencies."""
    from shared_apps.accounts import agencies

    agencies.forget_agencies()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def mailbox(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> list[dict[str, Any]]:
    """Return the mails that were left to the worker so far."""
    from shared_apps.accounts import adapter

    sent: list[dict[str, Any]] = []

    def enqueue(subject: str, body: str, sender: str, recipients: list[str]) -> None:
        sent.append({"subject": subject, "body": body, "recipients": recipients})

    # The tests run inside a transaction that never commits, so what waits for it runs at once.
    monkeypatch.setattr(adapter.transaction, "on_commit", lambda work: work())
    monkeypatch.setattr(
        adapter.tasks, "send_mail", type("Task", (), {"enqueue": staticmethod(enqueue)})
    )
    return sent


@pytest.fixture
def ayu(make_account: Callable[..., Any]) -> Any:
    """A person with a password, as registration makes them: their address is not confirmed."""
    from allauth.account.models import EmailAddress

    account = make_account(number=NUMBER, email=EMAIL, password=PASSWORD)
    EmailAddress.objects.create(user=account, email=EMAIL, primary=True)
    return account


@pytest.fixture
def set_rule(db: None) -> Callable[..., None]:
    """Return a setter of rule values, in force from today."""
    from shared_apps.rules import selectors, services

    def set_value(key: str, value: object) -> None:
        services.set_value(
            key=key, value=value, valid_from=timezone.localdate(), source="test", by=None
        )
        selectors.forget_values()

    return set_value
