"""The material of a section: its Markdown turned into what readers see."""

import re
import uuid
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from django.template.loader import render_to_string
from django.utils import translation

from shared_apps.rules import selectors as rules
from tenant_apps.citations.selectors import link_of
from tenant_apps.files import selectors as files
from tenant_apps.files.selectors import Kept
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit import markdown

YOUTUBE_PLAYER = "www.youtube-nocookie.com"
YOUTUBE = {"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be", YOUTUBE_PLAYER}
VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
VIMEO_PLAYER = "player.vimeo.com"
#: A line of its own that shows a film or a document.
EMBED = markdown.EMBED


def render_section(text: str, *, topic_id: uuid.UUID, key: str) -> str:
    """Return safe HTML of a section's Markdown.

    Images and files are those that the topic owns; from anywhere else they are left out. What
    `[[…]]` cites becomes a link to the register.
    """
    owned = files.named_in(text, owner_kind=ThingKind.TOPIC, owner_uuid=topic_id)

    def image_url(source: str) -> str:
        kept = owned.get(source)
        return source if kept and kept.is_image else ""

    def embed(kind: str, address: str) -> str:
        # Written once for readers of every language: the material has one language itself.
        with translation.override("id"):
            return _embed(kind, address, owned)

    return markdown.render(
        text, image_url=image_url, embed=embed, prefix=key, brackets=link_of([text])
    )


def _embed(kind: str, address: str, owned: Mapping[str, Kept]) -> str:
    kept = owned.get(address)
    if kind == "video" and kept is not None and kept.is_video:
        return render_to_string("learning/material/film.html", {"file": kept})
    if kind == "video":
        player = player_address(address)
        if player:
            return render_to_string(
                "learning/material/video.html",
                {"player": player, "page": address, "host": urlsplit(address).hostname},
            )
    if kind == "lampiran" and kept is not None and kept.is_pdf:
        return render_to_string("learning/material/document.html", {"file": kept})
    return ""


def video_hosts() -> list[str]:
    """Return the hosts whose players the open tenant shows."""
    return rules.names("video.hosts", tenant_id=current_tenant().pk)


def player_address(address: str) -> str:
    """Return the address of the player for a film's address; empty if its host is not allowed.

    Pages of YouTube and Vimeo become those of their players; of other hosts in the rule the
    address is the player's own.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = parts.hostname or ""
    if parts.scheme != "https" or parts.username or parts.port:
        return ""
    if host in YOUTUBE:
        last = parts.path.rstrip("/").rsplit("/", 1)[-1]
        name = parse_qs(parts.query).get("v", [last])[0]
        if not re.fullmatch(r"[\w-]{6,20}", name):
            return ""
        host, address = YOUTUBE_PLAYER, f"https://{YOUTUBE_PLAYER}/embed/{name}"
    elif host in VIMEO:
        found = re.search(r"/(\d{3,15})(?:/|$)", parts.path)
        if not found:
            return ""
        host, address = VIMEO_PLAYER, f"https://{VIMEO_PLAYER}/video/{found[1]}"
    return address if host in video_hosts() else ""
