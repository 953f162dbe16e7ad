"""Refusals of this app; every text can be shown to the user."""

from toolkit.errors import DomainError


class ProposalRefused(DomainError):
    """People cannot be proposed, or a proposal cannot be changed any more."""


class OfferingNotAnnounced(DomainError):
    """No such class, or none that this agency may see."""
