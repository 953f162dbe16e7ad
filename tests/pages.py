"""Reading pages in tests."""

import re
from typing import Any


def text_of(client: Any, address: str = "/") -> str:
    """Return a page that must be there, without blanks that mean nothing."""
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s*([<>])\s*", r"\1", " ".join(response.content.decode().split()))
