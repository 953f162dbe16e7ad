"""Refusals of this app."""

from toolkit.errors import DomainError


class UnknownRole(DomainError):
    """No such role at this tenant."""
