"""Markdown to safe HTML, without any inline style (the content policy refuses it)."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import unescape as html_unescape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.brackets import BracketLink, Resolve, brackets_plugin

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p",
    "pre", "s", "section", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul", "div", "span",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "span": {"class"},
    "img": {"src", "alt", "title", "width", "height", "loading", "class"},
    "table": {"class"},
    "td": {"class"},
    "th": {"class", "scope"},
    "ol": {"start", "class"},
    "li": {"id", "class"},
    "sup": {"class"},
    "section": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "hr": {"class"},
    "h2": {"id"},
    "h3": {"id"},
}
#: A paragraph of its own that shows a film or a document: `!video(https://…)`.
EMBED = re.compile(r"!(?P<kind>video|lampiran)\((?P<address>[^()\s]+)\)")
ALIGN = re.compile(r' style="text-align:(left|right|center)"')
ImageUrl = Callable[[str], str]
Embed = Callable[[str, str], str]
CLASS = {"left": "ta-left", "right": "ta-right", "center": "ta-center"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False, "typographer": True})
        .enable(["table", "strikethrough", "replacements", "smartquotes"])
        .use(footnote_plugin)
        .use(brackets_plugin)
    )


def render(
    text: str,
    *,
    image_url: ImageUrl | None = None,
    embed: Embed | None = None,
    prefix: str = "",
    brackets: Resolve | None = None,
) -> str:
    """Return safe HTML of Markdown; level-3 headings, the highest of a section, become level 2.

    `image_url` turns an image's address as written into the one served (empty: the image goes);
    `prefix` keeps footnote ids of several texts on one page apart. `embed` returns trusted HTML
    for the kind and address of a line such as `!video(https://…)`, empty to leave it out.
    `brackets` says where `[[…]]` leads; without it such text stays as written.
    """
    env: dict[str, Any] = {"docId": prefix} if prefix else {}
    env["brackets"] = brackets
    tokens = _parser().parse(text, env)
    embedded = _take_embeds(tokens) if embed is not None else []
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]) - 1, 2), 4)}"
    _place_images(tokens, image_url)
    html = str(_parser().renderer.render(tokens, _parser().options, env))
    html = ALIGN.sub(lambda match: f' class="{CLASS[match[1]]}"', html)
    opening = '<div class="table-responsive" tabindex="0"><table class="table">'
    html = html.replace("<table>", opening)
    html = html.replace("</table>", "</table></div>")
    html = str(
        nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel="noopener", url_schemes={
            "http", "https", "mailto"
        })
    )  # fmt: skip
    for number, (kind, address) in enumerate(embedded):
        # Nobody can write such a mark: HTML in the text is escaped.
        html = html.replace(_mark(number), embed(kind, address) if embed else "")
    return html


def _mark(number: int) -> str:
    return f'<div class="embed-{number}"></div>'


def _take_embeds(tokens: list[Token]) -> list[tuple[str, str]]:
    """Put marks in the place of paragraphs that embed something; returns what they embed."""
    found: list[tuple[str, str]] = []
    index = 0
    while index < len(tokens):
        match = EMBED.fullmatch(tokens[index].content) if tokens[index].type == "inline" else None
        if match and tokens[index - 1].type == "paragraph_open":
            block = Token("html_block", "", 0, content=_mark(len(found)) + "\n")
            tokens[index - 1 : index + 2] = [block]
            found.append((match["kind"], match["address"]))
        else:
            index += 1
    return found


INLINE = {"em", "strong", "code", "del", "s", "sub", "sup", "br"}


def _place_images(tokens: Sequence[Token], image_url: ImageUrl | None) -> None:
    for token in tokens:
        for child in token.children or []:
            if child.type == "image" and image_url is not None:
                child.attrSet("src", image_url(str(child.attrGet("src") or "")))
                child.attrSet("loading", "lazy")


def render_inline(text: str, *, image_url: ImageUrl | None = None) -> str:
    """Return safe HTML of one line of Markdown, without a paragraph around it.

    Images stay only where `image_url` says where they are.
    """
    tokens = _parser().parseInline(text, {})
    _place_images(tokens, image_url)
    html = _parser().renderer.render(tokens, _parser().options, {})
    tags = INLINE | {"img"} if image_url else INLINE
    return str(nh3.clean(html, tags=tags, attributes={"img": ATTRIBUTES["img"]}))


def render_question(text: str, *, image_url: ImageUrl | None = None) -> tuple[str, str]:
    """Return safe HTML of (first paragraph without its element, what follows as blocks).

    A legend holds the first. A text that begins with a list or table is all of it blocks.
    """
    first, _gap, rest = text.strip().partition("\n\n")
    kinds = [token.type for token in _parser().parse(first, {})]
    if kinds and kinds != ["paragraph_open", "inline", "paragraph_close"]:
        return "", render(text, image_url=image_url)
    more = render(rest, image_url=image_url) if rest.strip() else ""
    return render_inline(first, image_url=image_url), more


def bracketed(text: str) -> list[str]:
    """Return the targets of `[[…]]` in a Markdown text, in order; code holds none."""
    found: list[str] = []

    def note(target: str) -> BracketLink | None:
        found.append(target)
        return None

    _parser().parse(text, {"brackets": note})
    return found


def chat_text(text: str) -> str:
    """Return Markdown as chats write it: *bold*, links and headings as plain text."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\(([^)\s]*)[^)]*\)", r"\1 (\2)", text)
    text = re.sub(r"^#{1,6}\s+(.*?)\s*#*$", r"*\1*", text, flags=re.M)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"*\2*", text)
    return re.sub(r"^([ \t]*)[-+*][ \t]+", r"\1• ", text, flags=re.M).strip()


def plain_text(text: str, *, most: int = 0) -> str:
    """Return Markdown as one line without marks; above `most` characters cut at a word, with …"""
    words = html_unescape(str(nh3.clean(render(text), tags=set()))).split()
    line = " ".join(words)
    if not most or len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def plain_words(text: str) -> list[str]:
    """Return the words of Markdown without its marks, for counting and searching."""
    text = EMBED.sub("", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.findall(r"[^\W_]+(?:[-/.][^\W_]+)*", text)
