"""Reading pages in tests."""

import html
import re
from typing import Any


def text_of(client: Any, address: str = "/") -> str:
    """Return a page that must be there, without blanks that mean nothing."""
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s*([<>])\s*", r"\1", " ".join(response.content.decode().split()))


def words_of(response: Any) -> str:
    """Return what an answer's page says: its text without marks and needless blanks."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(text).split())
