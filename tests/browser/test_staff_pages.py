"""axe-core finds nothing on the staff list, and an import goes from the file to the list."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.product import Product
from tests.browser.test_accessibility import VENDOR, violations
from tests.browser.tours.staff import empty_staff_pages, staff_pages
from tests.browser.watch import Window

pytestmark = pytest.mark.browser


def _check(stops: Iterable[tuple[str, Page]]) -> None:
    axe = (VENDOR / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = [
        f"{name} ({page.url}) {text}" for name, page in stops for text in violations(page, axe)
    ]
    assert found == [], "\n".join(found)


def test_axe_on_empty_pages(product: Product, open_window: Callable[..., Window]) -> None:
    """Before any staff was entered."""
    _check(empty_staff_pages(open_window, product))


def test_axe_from_the_list_through_an_import(
    product: Product, open_window: Callable[..., Window], tmp_path: Path
) -> None:
    """Every page, on a phone and at a desk, light and dark."""
    _check(staff_pages(open_window, product, tmp_path))
