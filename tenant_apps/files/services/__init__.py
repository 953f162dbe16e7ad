"""Writes of stored files: one module for each kind of content."""

from tenant_apps.files.services.copies import copy_all
from tenant_apps.files.services.documents import draw_pages, store_document
from tenant_apps.files.services.images import store_image
from tenant_apps.files.services.keeping import check_size, path_of
from tenant_apps.files.services.removal import remove, unused_since
from tenant_apps.files.services.videos import store_video

__all__ = [
    "check_size",
    "copy_all",
    "draw_pages",
    "path_of",
    "remove",
    "store_document",
    "store_image",
    "store_video",
    "unused_since",
]
