"""Refusals of this app."""

from toolkit.errors import DomainError


class PersonNotFound(DomainError):
    """Nobody who can be named here has this number or address."""
