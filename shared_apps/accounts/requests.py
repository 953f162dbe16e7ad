"""The type of a request whose view is declared `signed_in`."""

from django.http import HttpRequest

from shared_apps.accounts.models import Account


class SignedInRequest(HttpRequest):
    """A request of a person: the middleware let nobody else through."""

    user: Account
