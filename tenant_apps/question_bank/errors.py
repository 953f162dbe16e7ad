"""Refusals of this app."""

from toolkit.errors import DomainError


class GiftError(DomainError):
    """A GIFT file is not usable; `line` is the line (from 1) where it goes wrong."""

    def __init__(self, message: str, *, line: int) -> None:
        super().__init__(message)
        self.line = line
