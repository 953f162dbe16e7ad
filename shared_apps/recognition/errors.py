"""Refusals of this app; every text can be shown to the user."""

from toolkit.errors import DomainError


class AwardRefused(DomainError):
    """What was asked for cannot be recognised."""


class RevocationRefused(DomainError):
    """The certificate cannot be revoked as asked."""
