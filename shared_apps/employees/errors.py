"""Refusals of this app; every text can be shown to the user."""

from toolkit.errors import DomainError


class EmployeeRefused(DomainError):
    """The employee's data cannot be kept as asked."""


class UnitRefused(DomainError):
    """The unit tree cannot be changed as asked."""


class ImportRefused(DomainError):
    """The import cannot be read or applied."""
