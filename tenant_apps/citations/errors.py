"""Refusals of this app."""

from toolkit.errors import DomainError


class CitationNotFound(DomainError):
    """No such citation at this tenant."""
