"""Storing PDF documents, and drawing their pages so that nobody needs a reader for them."""

import io
import uuid
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.rules import selectors as rules
from tenant_apps.files.errors import FileRefused
from tenant_apps.files.models import FilePage, StoredFile
from tenant_apps.files.selectors import PDF
from tenant_apps.files.services.keeping import check_name, check_size, keep, path_of
from tenants.schemas import current_tenant

WIDTH = 1000
TALLEST = 4 * WIDTH
LONGEST_TEXT = 20_000
QUALITY = 72


def store_document(*, owner_kind: str, owner_uuid: uuid.UUID, name: str, path: Path) -> StoredFile:
    """Store a PDF document after opening it; its pages are drawn by `draw_pages`.

    Raises FileRefused for what is broken, locked by a password, or too large.
    """
    check_size(name, path.stat().st_size, rule="files.pdf_mb")
    check_name(name)
    most = rules.whole("files.pdf_pages", tenant_id=current_tenant().pk)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FileRefused(
                _("{name} terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi.").format(
                    name=name
                )
            ) from error
        raise FileRefused(
            _("{name} rusak atau bukan PDF. Simpan ulang sebagai PDF, lalu unggah lagi.").format(
                name=name
            )
        ) from error
    try:
        pages = len(document)
    finally:
        document.close()
    if not 1 <= pages <= most:
        raise FileRefused(
            _("{name} harus mempunyai 1 sampai {most} halaman.").format(name=name, most=most)
        )
    stored = StoredFile(
        owner_kind=owner_kind, owner_uuid=owner_uuid, name=name, media_type=PDF, pages=pages
    )
    return keep(stored, path)


def draw_pages(
    *, file_id: uuid.UUID, note: Callable[[int, int], object] = lambda done, total: None
) -> None:
    """Draw the pages of a document that are not drawn yet, each in a transaction of its own.

    `note(done, total)` is called in that transaction. A page that cannot be drawn is left white.
    A document that was deleted meanwhile is left alone.
    """
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        return
    known = set(FilePage.objects.filter(file=stored).values_list("number", flat=True))
    document = pypdfium2.PdfDocument(path_of(stored.pk, current_tenant().code))
    try:
        for index in range(len(document)):
            if index + 1 in known:
                continue
            data, width, height, text = _draw(document, index)
            with transaction.atomic():
                rows = StoredFile.objects.select_for_update(no_key=True)
                if not rows.filter(pk=stored.pk).exists():
                    return
                image = keep(
                    StoredFile(
                        owner_kind=stored.owner_kind,
                        owner_uuid=stored.owner_uuid,
                        name=f"{stored.name[:140]} {index + 1}.webp",
                        media_type="image/webp",
                        width=width,
                        height=height,
                    ),
                    data,
                )
                FilePage.objects.get_or_create(
                    file=stored, number=index + 1, defaults={"image": image, "text": text}
                )
                note(index + 1, len(document))
    finally:
        document.close()


def _draw(document: pypdfium2.PdfDocument, index: int) -> tuple[bytes, int, int, str]:
    """Return (WebP, width, height, text) of one page."""
    page = document[index]
    try:
        wide, tall = page.get_size()
        scale = min(WIDTH / max(wide, 1), TALLEST / max(tall, 1), 4)
        image = page.render(scale=scale).to_pil().convert("RGB")
        words = page.get_textpage()
        text = str(words.get_text_bounded())[:LONGEST_TEXT].replace("\0", "").replace("\r\n", "\n")
        words.close()
    finally:
        page.close()
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY)
    return buffer.getvalue(), image.width, image.height, text.strip()
