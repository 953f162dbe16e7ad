"""Refusals of this app."""

from toolkit.errors import DomainError


class UnknownRole(DomainError):
    """No such role at this tenant."""


class RoleRefused(DomainError):
    """This person may not give or withdraw this role, or not for these days."""
