"""Refuses posted files that are too large or badly labelled, before anything is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class UploadLimit(FileUploadHandler):
    """The first upload handler: looks at the length that is announced and at the charset.

    Without it a stranger could fill the disk with one form: Django limits fields, not files.
    Passes everything else on to the handlers that store.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Answer 400 to a body above settings.UPLOAD_LIMIT bytes or in a charset but UTF-8."""
        if content_length > settings.UPLOAD_LIMIT:
            raise RequestDataTooBig("The uploaded files are too large.")
        if (encoding or "utf-8").lower() not in {"utf-8", "utf8"}:
            raise BadRequest("Forms are read as UTF-8 only.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        return None
