"""Refusals of this app."""

from toolkit.errors import DomainError


class GiftError(DomainError):
    """A GIFT file is not usable; `line` is the line (from 1) where it goes wrong."""

    def __init__(self, message: str, *, line: int) -> None:
        super().__init__(message)
        self.line = line


class QuestionNotValid(DomainError):
    """A question cannot be asked as it is written; `field` is the field of QuestionItem."""


class CategoryNotValid(DomainError):
    """A category cannot be made, renamed or moved like this."""


class NotEnoughQuestions(DomainError):
    """The bank holds too few questions for a blueprint."""


class BlueprintNotValid(DomainError):
    """A blueprint cannot be saved like this; `field` is the form's."""


class ImportRefused(DomainError):
    """An import of questions cannot go on like this."""


class NothingToExport(DomainError):
    """No question matches what an export asks for."""
