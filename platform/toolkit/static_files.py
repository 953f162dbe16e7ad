"""Static files with hashed names, whose addresses are worked out once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Remembers the address of each file: it cannot change while the process lives.

    A page has two dozen of them, and working one out takes longer than drawing a button.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file."""
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name, force))
        return self._addresses[name]
