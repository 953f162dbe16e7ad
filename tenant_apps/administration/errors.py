"""Refusals of this app."""

from toolkit.errors import DomainError


class PersonNotFound(DomainError):
    """Nobody who can be named here has this number or address."""


class StructureRefused(DomainError):
    """A seat or an academy cannot be kept like this."""


class AnnouncementRefused(DomainError):
    """An announcement cannot be kept like this."""


class CoAuthorRefused(DomainError):
    """This person cannot be a co-author of this topic."""
