"""Refusals of this app."""

from toolkit.errors import DomainError


class FileRefused(DomainError):
    """The file is not of a kind or size that can be stored."""
