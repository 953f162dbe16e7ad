"""axe-core finds nothing on the pages that import and export questions."""

from collections.abc import Callable

import pytest

from tests.browser.product import Product
from tests.browser.test_accessibility import VENDOR, violations
from tests.browser.tours.question_files import file_pages
from tests.browser.watch import Window

pytestmark = pytest.mark.browser


def test_axe_finds_no_violation(product: Product, open_window: Callable[..., Window]) -> None:
    """Every page, on a phone and at a desk, light and dark."""
    axe = (VENDOR / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = [
        f"{name} ({page.url}) {text}"
        for name, page in file_pages(open_window, product)
        for text in violations(page, axe)
    ]
    assert found == [], "\n".join(found)
