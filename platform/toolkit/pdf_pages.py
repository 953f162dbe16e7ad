"""Pages of finished PDFs: as pictures for previews, and of many files in one."""

import io
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import pypdfium2

# The library must be entered by one thread at a time.
_one_at_a_time = Lock()


def pictures(data: bytes, *, width: int, most_pages: int = 2) -> list[bytes]:
    """Return the first pages of a PDF as WebP pictures of this width in pixels."""
    found = []
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(data)
        try:
            for index in range(min(len(document), most_pages)):
                page = document[index]
                image = page.render(scale=width / page.get_width()).to_pil()
                buffer = io.BytesIO()
                image.convert("RGB").save(buffer, "WEBP", quality=82, method=2)
                found.append(buffer.getvalue())
                page.close()
        finally:
            document.close()
    return found


def merge(files: Iterable[bytes], path: Path) -> None:
    """Write the pages of many PDFs into one file, in order."""
    with _one_at_a_time:
        target = pypdfium2.PdfDocument.new()
    for data in files:
        # Not held while the next file is drawn: others want their previews meanwhile.
        with _one_at_a_time:
            source = pypdfium2.PdfDocument(data)
            target.import_pages(source)
            source.close()
    with _one_at_a_time:
        target.save(str(path))
        target.close()
