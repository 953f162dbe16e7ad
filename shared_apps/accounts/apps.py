"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """One national account per person: identity, sign-in, registration."""

    name = "shared_apps.accounts"
