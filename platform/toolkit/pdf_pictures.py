"""Pages of a PDF as pictures, for previews."""

import io
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
