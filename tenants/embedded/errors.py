"""The one error of the embedded server: a sentence for the operator."""

import errno
from pathlib import Path


class EmbeddedError(Exception):
    """The server cannot be used; the text is one clear sentence for whoever started it."""


def from_os_error(error: OSError, folder: Path) -> EmbeddedError:
    """Turn a failed file operation in `folder` into a sentence that says what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EmbeddedError(
            f"No disk space is left in {folder}. Free some, or choose another folder with DATA_DIR."
        )
    if error.errno == errno.EROFS:
        return EmbeddedError(
            f"{folder} is on a read-only file system. Choose another folder with DATA_DIR."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return EmbeddedError(
            f"The current user may not use {error.filename or folder}. Start as the user that "
            "owns it, or choose another folder with DATA_DIR."
        )
    return EmbeddedError(f"Cannot use {error.filename or folder}: {error.strerror}.")
