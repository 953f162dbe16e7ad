"""Refusals of this app; every text can be shown to the user."""

from toolkit.errors import DomainError


class AwardRefused(DomainError):
    """What was asked for cannot be recognised."""


class RevocationRefused(DomainError):
    """The certificate cannot be revoked as asked."""


class TemplateRefused(DomainError):
    """A template, its texts or its pattern of numbers cannot be as asked."""


class ReissueRefused(DomainError):
    """The certificate cannot be issued again as asked."""


class LegacyRefused(DomainError):
    """An earlier certificate cannot be kept as given."""
