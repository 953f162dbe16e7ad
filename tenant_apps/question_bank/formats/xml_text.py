"""Texts, images and tags in Moodle XML: how one element becomes Markdown and back.

A text is written as HTML, and beside it the Markdown that it was made from. Reading takes the
Markdown only while it still gives that HTML, so an edit made elsewhere wins.
"""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from tenant_apps.question_bank.formats import html_text
from tenant_apps.question_bank.formats.html_text import Pictures, Shown
from tenant_apps.question_bank.formats.texts import clean

SOURCE = "markdown"
_FORMS = {
    "html": "html", "markdown": "markdown", "plain_text": "plain", "plain": "plain",
    "moodle_auto_format": "moodle", "moodle": "moodle",
    "0": "moodle", "1": "html", "2": "plain", "4": "markdown",
}  # fmt: skip


def inner(element: Any, path: str = "text") -> str:
    """Return the text of a child, also when somebody wrote markup without CDATA."""
    if element is None:
        return ""
    found = element.find(path)
    if found is None and len(element) == 0:
        found = element
    if found is None:
        return ""
    if len(found) == 0:
        return str(found.text or "")
    parts = [found.text or ""]
    parts += [etree.tostring(child, encoding="unicode") for child in found]
    return "".join(parts)


def files_of(question: Any) -> Mapping[str, bytes]:
    """Return the files that travel in a question, by name as its texts say it."""
    found: dict[str, bytes] = {}
    for file in question.iter("file"):
        path = str(file.get("path") or "/").strip("/")
        name = str(file.get("name") or "")
        name = f"{path}/{name}" if path else name
        if name and str(file.get("encoding") or "base64").lower() == "base64":
            found.setdefault(name, html_text.from_base64(str(file.text or "")))
    return found


def shown(element: Any, pictures: Pictures) -> Shown:
    """Return the text of an element as Markdown."""
    if element is None:
        return Shown("")
    text = inner(element)
    source = element.findtext(SOURCE)
    if source is not None:
        source = clean(source)
        names = html_text.images_named(source)
        kept = [name for name in names if pictures.name_of(html_text.PLUGIN_FILE + name) == name]
        if html_text.to_html(source, kept) == clean(text):
            return Shown(source)
    form = _FORMS.get(str(element.get("format") or "html").lower(), "html")
    if form == "moodle":
        # Moodle shows the line breaks of this format.
        text = clean(text).replace("\n", "<br>\n") if html_text.has_markup(text) else text
    return html_text.from_format(text, form, pictures)


def plain(element: Any, path: str = "text") -> str:
    """Return a text that has no markup in Moodle, as Markdown that shows the same."""
    text = clean(inner(element, path))
    found = element.find(path) if element is not None else None
    parent = found.getparent() if found is not None else None
    source = parent.findtext(SOURCE) if parent is not None else None
    if source is not None and html_text.plain_of(clean(source)) == text:
        return clean(source)
    return html_text.escape(text)


def add(parent: Any, tag: str, text: str, images: Mapping[str, bytes] | None = None) -> Any:
    """Add an element with a text as HTML, its source where needed, and its images."""
    element = etree.SubElement(parent, tag, format="html")
    names = [name for name in dict.fromkeys(html_text.images_named(text)) if name in (images or {})]
    html = html_text.to_html(text, names) if text else ""
    etree.SubElement(element, "text").text = html
    if names or html_text.to_markdown(html).text != text:
        etree.SubElement(element, SOURCE).text = text
    for name in names:
        add_file(element, name, (images or {})[name])
    return element


def add_plain(parent: Any, tag: str, text: str) -> Any:
    """Add an element whose text Moodle shows without markup."""
    element = etree.SubElement(parent, tag)
    shown_text = html_text.plain_of(text) if text else ""
    etree.SubElement(element, "text").text = shown_text
    if html_text.escape(shown_text) != text:
        etree.SubElement(element, SOURCE).text = text
    return element


def add_file(parent: Any, name: str, data: bytes) -> None:
    """Add an image as Moodle stores it."""
    file = etree.SubElement(parent, "file", name=name, path="/", encoding="base64")
    file.text = base64.b64encode(data).decode("ascii")


def flag(question: Any, path: str, *, default: bool) -> bool:
    """Return a yes or no of Moodle: `1`, `true`, or another word."""
    text = (question.findtext(path) or "").strip().lower()
    return default if not text else text in ("1", "true", "yes")


def words(question: Any, path: str) -> Iterator[str]:
    """Yield the texts below a path."""
    for element in question.iterfind(path):
        yield str(element.text or "").strip()
