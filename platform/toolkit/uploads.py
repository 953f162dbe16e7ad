"""Refuses posted files that are too large or badly labelled, before anything is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.module_loading import import_string


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
        """Answer 400 to a body above the limit, or in a charset but UTF-8.

        The limit is settings.UPLOAD_LIMIT, for some requests what UPLOAD_LIMIT_OF says of them.
        """
        if content_length > settings.UPLOAD_LIMIT and content_length > self._limit():
            raise RequestDataTooBig("The uploaded files are too large.")
        if (encoding or "utf-8").lower() not in {"utf-8", "utf8"}:
            raise BadRequest("Forms are read as UTF-8 only.")

    def _limit(self) -> int:
        if self.request is None:
            return int(settings.UPLOAD_LIMIT)
        return int(import_string(settings.UPLOAD_LIMIT_OF)(self.request))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        return None
