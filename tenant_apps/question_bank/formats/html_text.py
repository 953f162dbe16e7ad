"""HTML of other programs to Markdown, and Markdown to the HTML that they show.

What comes in is cleaned first: no script, no style, no address but of the web. Images are kept
by name; their bytes travel beside the text.
"""

import base64
import binascii
import html as entities
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import nh3
from django.utils.translation import gettext as _
from markdownify import ATX, MarkdownConverter

from tenant_apps.question_bank.formats.texts import clean, digest
from toolkit import markdown

PLUGIN_FILE = "@@PLUGINFILE@@/"
LARGEST_IMAGE = 5 * 1024 * 1024
LONGEST_HTML = 200_000
DEEPEST = 60
TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_KNOWN_TAG = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})(?:\s[^<>]*|/)?>", re.I)
_LOST = re.compile(r"<(audio|video|iframe|object|embed|svg|math)\b", re.I)
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"))
_RAISED = str.maketrans("0123456789+-n()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
IMAGE = re.compile(r"!\[([^\]]{0,500})\]\(([^()\s]{1,200})\)")


@dataclass
class Shown:
    """A text as Markdown, and what was lost on the way."""

    text: str
    warnings: list[str] = field(default_factory=list)


class Pictures:
    """The images of one question: by the name they had, and by the name that our text uses."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        """Start with the files that came beside the texts."""
        self._files = dict(files or {})
        self._ours: dict[str, str] = {}
        self.images: dict[str, bytes] = {}
        self.warnings: list[str] = []

    def name_of(self, source: str) -> str:
        """Return our name of an image's address; empty when there is no such image here."""
        if source.startswith("data:"):
            return self._inline(source)
        if not source.startswith(PLUGIN_FILE):
            self._warn(_("Gambar dari alamat luar tidak diambil: {name}."), source)
            return ""
        name = unquote(source.removeprefix(PLUGIN_FILE).partition("?")[0])
        data = self._files.get(name)
        if data is None:
            self._warn(_("Gambar {name} tidak ada di berkas."), name)
            return ""
        return self._keep(name, data)

    def _inline(self, source: str) -> str:
        head, _comma, body = source.partition(",")
        if not head.endswith(";base64"):
            self._warn(_("Gambar {name} bukan PNG, JPEG, GIF, atau WebP."), head)
            return ""
        data = from_base64(unquote(body))
        return self._keep(f"gambar-{digest(body)}", data) if data else ""

    def _keep(self, name: str, data: bytes) -> str:
        if name in self._ours:
            return self._ours[name]
        kind = image_kind(data)
        if not kind or len(data) > LARGEST_IMAGE:
            self._warn(_("Gambar {name} bukan PNG, JPEG, GIF, atau WebP sampai 5 MB."), name)
            return ""
        stem = re.sub(r"[^\w.-]+", "-", name.rpartition("/")[2].rpartition(".")[0] or name)
        stem = stem.strip("-.")[:60] or "gambar"
        ours = f"{stem}.{kind}"
        if self.images.get(ours, data) != data:
            ours = f"{stem}-{digest(name)}.{kind}"
        self._ours[name], self.images[ours] = ours, data
        return ours

    def _warn(self, text: str, name: str) -> None:
        said = text.format(name=name[:80])
        if said not in self.warnings:
            self.warnings.append(said)


def from_base64(text: str) -> bytes:
    """Return the bytes of base64; empty when it is broken."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def image_kind(data: bytes) -> str:
    """Return the ending that fits an image's content; empty when it is none of ours."""
    for mark, kind in _SIGNATURES:
        if data.startswith(mark):
            return kind
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


class _Converter(MarkdownConverter):
    """Writes our kind of Markdown: marks escaped only where they would act."""

    def __init__(self, pictures: Pictures, **options: Any) -> None:
        super().__init__(**options)
        self._pictures = pictures

    def escape(self, text: str, parent_tags: Any) -> str:
        return escape(text)

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        name = self._pictures.name_of(str(el.attrs.get("src") or ""))
        alt = re.sub(r"[\[\]\\\n]", " ", str(el.attrs.get("alt") or "")).strip()
        if not name:
            return escape(alt)
        return f"![{alt or _('gambar')}]({name})"

    def convert_sup(self, el: Any, text: str, parent_tags: Any) -> str:
        raised = text.translate(_RAISED)
        return raised if not set(text) - set("0123456789+-n()") else f"^{text}"

    def convert_sub(self, el: Any, text: str, parent_tags: Any) -> str:
        return text.translate(_LOWERED) if not set(text) - set("0123456789+-()") else f"_{text}"

    def convert_u(self, el: Any, text: str, parent_tags: Any) -> str:
        return text


_ACTS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)|[*`]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|<(?=[A-Za-z/!?])"
    r"|!(?=\[)|\[(?=[^\]]{0,200}\](?:\(|\[|:))|\[(?=\^)|&(?=#?\w+;)"
)
_STARTS = re.compile(r"^([ \t]*)(#{1,6}(?=\s|$)|>|[+-](?=\s|$)|(?:-{2,}|=+)[ \t]*$)", re.M)
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})([.)])(?=\s|$)", re.M)


def escape(text: str) -> str:
    """Return Markdown that shows this plain text as it is."""
    text = _ACTS.sub(lambda found: f"\\{found[0]}", text)
    text = _STARTS.sub(r"\1\\\2", text)
    return _NUMBERED.sub(r"\1\\\2", text)


def has_markup(text: str) -> bool:
    """Say whether a text of unnamed format holds tags of HTML."""
    return bool(_KNOWN_TAG.search(text))


def to_markdown(source: str, pictures: Pictures | None = None) -> Shown:
    """Return HTML as Markdown."""
    pictures = pictures or Pictures()
    if "<" not in source:
        return Shown(clean(escape(entities.unescape(source))))
    known = len(pictures.warnings)
    warnings = [
        _("Tidak dapat dibawa: {what}.").format(what=name)
        for name in sorted({found.lower() for found in _LOST.findall(source)})
    ]
    if len(source) > LONGEST_HTML:
        inline = re.sub(r"data:[^\"'>]{200,}", "data:", source)
        if len(inline) > LONGEST_HTML:
            return Shown("", [_("Teks HTML terlalu panjang.")])
    safe = nh3.clean(
        source,
        tags=TAGS,
        attributes={"img": {"src", "alt"}, "a": {"href"}, "ol": {"start"}, "td": {"colspan"}},
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )
    if _depth(safe) > DEEPEST:
        safe = nh3.clean(safe, tags={"br", "p"})
        warnings.append(_("Susunan HTML terlalu dalam; hanya teksnya yang dipakai."))
        if _depth(safe) > DEEPEST:
            safe = nh3.clean(safe, tags=set())
    text = _Converter(pictures, heading_style=ATX, bullets="-").convert(safe)
    text = re.sub(r"\n{3,}", "\n\n", clean(text))
    return Shown(text, warnings + pictures.warnings[known:])


def _depth(source: str) -> int:
    depth = deepest = 0
    for found in re.finditer(r"<(/?)([a-z0-9]+)[^>]*>", source):
        if found[2] not in {"br", "hr", "img"}:
            depth += -1 if found[1] else 1
            deepest = max(deepest, depth)
    return deepest


def from_format(text: str, form: str, pictures: Pictures | None = None) -> Shown:
    """Return a text of a named format (html, plain, markdown; else Moodle's own) as Markdown."""
    if form == "html":
        return to_markdown(text, pictures)
    if form in ("plain", "plain_text"):
        return Shown(escape(clean(text)))
    if form != "markdown" and has_markup(text):
        return to_markdown(text, pictures)
    return Shown(clean(text))


def to_html(text: str, names: Iterable[str] = ()) -> str:
    """Return safe HTML of Markdown for other programs; `names` are images that go along."""
    known = set(names)
    html = markdown.render(
        text, image_url=lambda name: f"{PLUGIN_FILE}{name}" if name in known else name
    ).strip()
    return clean(html.replace(' loading="lazy"', ""))


def plain_of(text: str) -> str:
    """Return Markdown as plain text on one line, for places that show no markup."""
    html = re.sub(r"<[^>]+>", " ", markdown.render(text))
    return " ".join(entities.unescape(html).split())


def images_named(*texts: str) -> list[str]:
    """Return the names of images that texts show."""
    return [found[2] for text in texts for found in IMAGE.finditer(text)]
