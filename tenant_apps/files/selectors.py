"""Reads of stored files."""

import datetime
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from tenant_apps.files.models import FilePage, StoredFile

ADDRESS = re.compile(r"/berkas/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
PDF = "application/pdf"


@dataclass(frozen=True)
class Drawn:
    """One page of a document as a picture."""

    number: int
    address: str
    width: int
    height: int
    text: str


@dataclass(frozen=True)
class Kept:
    """What texts and lists need to know of a stored file."""

    pk: uuid.UUID
    name: str
    media_type: str
    size: int
    pages: int
    drawn: list[Drawn] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is served."""
        return address_of(self.pk)

    @property
    def is_image(self) -> bool:
        """Whether it is a picture that was drawn anew here."""
        return self.media_type.startswith("image/")

    @property
    def is_video(self) -> bool:
        """Whether browsers can play it."""
        return self.media_type.startswith("video/")

    @property
    def is_pdf(self) -> bool:
        """Whether it is a document with pages."""
        return self.media_type == PDF

    @property
    def is_ready(self) -> bool:
        """Whether all that readers need of it is there."""
        return not self.is_pdf or len(self.drawn) == self.pages


def address_of(file_id: uuid.UUID) -> str:
    """Return where a stored file is served."""
    return f"/berkas/{file_id}/"


def named_in(text: str, *, owner_kind: str, owner_uuid: uuid.UUID) -> dict[str, Kept]:
    """Return the owner's files that a text names, by address; no query where it names none."""
    names = set(ADDRESS.findall(text))
    if not names:
        return {}
    found = StoredFile.objects.filter(owner_kind=owner_kind, owner_uuid=owner_uuid, pk__in=names)
    return {kept.address: kept for kept in _kept(found)}


def files_of(*, owner_kind: str, owner_uuid: uuid.UUID) -> list[Kept]:
    """Return the files that were given to an owner, newest first; drawn pages are left out."""
    pages = FilePage.objects.filter(file__owner_uuid=owner_uuid).values("image_id")
    found = StoredFile.objects.filter(owner_kind=owner_kind, owner_uuid=owner_uuid)
    return _kept(found.exclude(pk__in=pages).order_by("-stored_at", "pk"))


def owners(owner_kind: str, *, before: datetime.datetime) -> QuerySet[StoredFile, uuid.UUID]:
    """Return the ids of owners of a kind with files that were given before a moment."""
    rows = StoredFile.objects.filter(owner_kind=owner_kind, stored_at__lt=before)
    return rows.values_list("owner_uuid", flat=True).distinct()


def ids_in(text: str) -> set[uuid.UUID]:
    """Return the ids of all files that a text names by address."""
    return {uuid.UUID(found) for found in ADDRESS.findall(text)}


def text_of(text: str, *, owner_kind: str, owner_uuid: uuid.UUID, most: int) -> str:
    """Return what the owner's documents that a text names say, cut at `most` letters: one query.

    In the order of their pages, so that the beginning of each document comes before the rest of
    any.
    """
    names = ids_in(text)
    if not names:
        return ""
    pages = FilePage.objects.filter(
        file__owner_kind=owner_kind, file__owner_uuid=owner_uuid, file__in=names
    ).order_by("number", "file")
    words, left = [], most
    for page in pages.values_list("text", flat=True).iterator(chunk_size=20):
        words.append(page[:left])
        left -= len(words[-1])
        if left <= 0:
            break
    return " ".join(words)


def _kept(found: Iterable[StoredFile]) -> list[Kept]:
    rows = list(found)
    drawn: dict[uuid.UUID, list[Drawn]] = defaultdict(list)
    documents = [row.pk for row in rows if row.media_type == PDF]
    if documents:
        for page in FilePage.objects.filter(file__in=documents).select_related("image"):
            drawn[page.file_id].append(
                Drawn(
                    number=page.number,
                    address=address_of(page.image_id),
                    width=page.image.width or 0,
                    height=page.image.height or 0,
                    text=page.text,
                )
            )
    return [
        Kept(
            pk=row.pk, name=row.name, media_type=row.media_type, size=row.size,
            pages=row.pages or 0, drawn=drawn[row.pk],
        )
        for row in rows
    ]  # fmt: skip


def bytes_kept() -> int:
    """Return how much room all files of the open tenant take."""
    return StoredFile.objects.aggregate(all=Sum("size"))["all"] or 0
