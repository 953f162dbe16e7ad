"""Refusals of this app."""

from toolkit.errors import DomainError


class NoQuestions(DomainError):
    """A test cannot be made because its bank is empty."""


class SittingClosed(DomainError):
    """The sitting was submitted or its time is over; nothing more is saved."""


class SittingNotFound(DomainError):
    """No such sitting, or it is somebody else's."""


class AnswerNotValid(DomainError):
    """The answer is not one of the options of this question."""


class AnswerConflict(DomainError):
    """The answer was changed elsewhere meanwhile; carries what is stored."""

    def __init__(self, message: str, *, answer: str, doubtful: bool, seq: int) -> None:
        super().__init__(message)
        self.answer = answer
        self.doubtful = doubtful
        self.seq = seq


class AlreadyMarked(DomainError):
    """Somebody marked this essay before."""


class MarkNotValid(DomainError):
    """The points or the comment of an essay cannot be stored; `field` is the form's."""
