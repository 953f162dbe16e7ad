"""Refusals of this app."""

from toolkit.errors import DomainError


class SurveyIncomplete(DomainError):
    """Questions are left without an answer; `missing` holds their unsur codes."""

    def __init__(self, message: str, *, missing: list[str]) -> None:
        super().__init__(message)
        self.missing = missing
