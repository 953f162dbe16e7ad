"""Refusals of this app."""

from toolkit.errors import DomainError


class RegulationRefused(DomainError):
    """A regulation or relation is not valid, stands there already, or contradicts the register."""
