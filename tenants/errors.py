"""Refusals of this app; every text can be shown to the user."""

from toolkit.errors import DomainError


class AgencyImportError(DomainError):
    """The register file is not usable; the text names row and column."""


class TenantExists(DomainError):
    """Another tenant already has this code or this host name."""


class InvalidTenant(DomainError):
    """A value of the new tenant is not usable."""


class LogoRefused(DomainError):
    """This file is no picture that we take as a logo."""
