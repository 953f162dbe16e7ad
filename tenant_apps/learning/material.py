"""The material of a section: its Markdown turned into what readers see."""

from collections.abc import Collection

from toolkit import markdown


def render_section(text: str, *, key: str, files: Collection[str]) -> str:
    """Return safe HTML of a section's Markdown.

    `files` are the addresses of the topic's own files: an image from anywhere else is left out.
    """
    return markdown.render(
        text, image_url=lambda source: source if source in files else "", prefix=key
    )
