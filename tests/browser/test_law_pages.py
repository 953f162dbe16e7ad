"""axe-core finds nothing on the pages of the register and of citations."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.product import Product
from tests.browser.test_accessibility import VENDOR, violations
from tests.browser.tours.law import public_pages, working_pages
from tests.browser.watch import Window

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("walk", [public_pages, working_pages])
def test_axe_finds_no_violation(
    product: Product, open_window: Callable[..., Window], walk: Any
) -> None:
    """Every page, on a phone and at a desk, light and dark."""
    axe = (VENDOR / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = [
        f"{name} ({page.url}) {text}"
        for name, page in walk(open_window, product)
        for text in violations(page, axe)
    ]
    assert found == [], "\n".join(found)
