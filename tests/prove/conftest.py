"""The long proofs look at the product through the same windows as the browser tests."""

from tests.browser.conftest import (
    _fresh_memory,
    browser,
    chromium_is_there,
    open_window,
    product,
    template,
)

__all__ = [
    "_fresh_memory",
    "browser",
    "chromium_is_there",
    "open_window",
    "product",
    "template",
]
