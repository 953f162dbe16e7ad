"""Refusals of this app; every text can be shown to the user."""

from typing import Any

from toolkit.errors import DomainError


class TopicNotFound(DomainError):
    """No such topic for this person."""


class TopicClosed(DomainError):
    """The topic takes no new learners."""


class TopicNotValid(DomainError):
    """What was written of a topic, a section or a path cannot be kept."""


class VersionNotOpen(DomainError):
    """The version is not being written now: it is in review, published, or there is none."""


class NotComplete(DomainError):
    """The version lacks something that readers need; `missing` lists it."""

    def __init__(self, message: str, *, missing: list[Any]) -> None:
        super().__init__(message)
        self.missing = missing


class EditConflict(DomainError):
    """Somebody else saved meanwhile; `stored` is what is kept now."""

    def __init__(self, message: str, *, stored: Any) -> None:
        super().__init__(message)
        self.stored = stored


class StepNotOpen(DomainError):
    """The person has not come to this step yet, or is past it."""


class AttemptNotYet(DomainError):
    """The next attempt at the post-test opens later, or all attempts are used."""


class PackError(DomainError):
    """A content pack is not usable; `where` is "file:line"."""

    def __init__(self, message: str, *, where: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where


class ExtensionNotValid(DomainError):
    """More time cannot be given like this; `field` is the form's."""


class OfferingRefused(DomainError):
    """An offering or session cannot be written as it is."""


class SeatRefused(DomainError):
    """Somebody cannot be seated, or a seat cannot be changed."""


class AttendanceRefused(DomainError):
    """Presence cannot be recorded: no seat, a code that has run out, or too early."""
