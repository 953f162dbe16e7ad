"""The watch of browser windows catches what it is there for."""

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.product import Product
from tests.browser.watch import Window

pytestmark = pytest.mark.browser
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"


def _faults(browser: Browser, product: Product, body: str, **options: object) -> list[str]:
    """Show a page with this body under a policy like ours; return what the watch noted."""

    def answer(route: Route) -> None:
        route.fulfill(
            status=200,
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": POLICY},
            body=f"<!doctype html><html lang=id><title>Contoh</title>{body}</html>",
        )

    window = Window(browser, **options)  # type: ignore[arg-type]
    try:
        window.page.route("**/contoh/", answer)
        window.page.goto(product.portal + "/contoh/")
        window.page.wait_for_timeout(150)
        return window.faults.found
    finally:
        window.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(
    "body",
    [
        '<p style="color:red">merah</p>',
        "<style>p{color:red}</style>",
        "<img src='https://a.test/b'>",
    ],
    ids=["style attribute", "inline stylesheet", "foreign image"],
)
def test_planted_violation_is_noted(
    browser: Browser, product: Product, body: str, javascript: bool
) -> None:
    faults = _faults(browser, product, body, javascript=javascript)
    assert any("Content Security Policy" in fault for fault in faults), faults


def test_planted_inline_script_is_noted(browser: Browser, product: Product) -> None:
    faults = _faults(browser, product, "<script>document.title='x'</script>")
    assert any("CSP violation: script-src" in fault for fault in faults), faults


def test_planted_faults_are_noted(browser: Browser, product: Product) -> None:
    assert _faults(browser, product, "<p>Baik</p>") == []
    window = Window(browser)
    try:
        window.page.goto(product.portal + "/tidak-ada-di-sini/")
        assert [fault[:4] for fault in window.faults.found] == ["404 "]
        window.page.evaluate("setTimeout(() => { throw new Error('sengaja') })")
        window.page.wait_for_timeout(150)
        assert "sengaja" in window.faults.found[-1]
    finally:
        window.close()
