"""Refusals of this app."""

from toolkit.errors import DomainError


class UnknownJobKind(DomainError):
    """No app has registered this kind of job."""


class JobOfAnother(DomainError):
    """Somebody else asked for the same work before."""
