"""Refusals of this app; every text can be shown to the user."""

from toolkit.errors import DomainError


class InvalidNumber(DomainError):
    """The text is not a possible NIP or NI PPPK."""


class RegistrationRefused(DomainError):
    """The account cannot be made as asked."""


class IdentityDecisionRefused(DomainError):
    """The identity cannot be decided by this person or in this state."""
