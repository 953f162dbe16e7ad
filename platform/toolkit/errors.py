"""The base of every refusal that a user may read."""


class DomainError(Exception):
    """A service refused; `str(error)` is a translated sentence for the user.

    `field` names the form field at which the sentence belongs, empty for the whole form.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
