"""A visitor's browser window that notes everything that must not happen on our pages."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

PHONE = (360, 740)
DESK = (1280, 900)
# Runs before any script of the page. The report goes through the console, which also carries
# Chromium's own words about the policy when JavaScript is off.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.violatedDirective} blocked ${event.blockedURI || "inline"}`
    + ` (${event.sourceFile || document.URL}:${event.lineNumber})`);
});
"""
# Chromium says this of every answer of 400 and more; the statuses are watched by themselves.
STATUS_IN_CONSOLE = "Failed to load resource"
# A visitor who follows a link while something loads, or downloads, ends a request by intent.
ENDED_BY_VISITOR = "net::ERR_ABORTED"


@dataclass
class Faults:
    """What went wrong in a browser window, and what a test announces as intended."""

    found: list[str] = field(default_factory=list)
    allowed_statuses: set[int] = field(default_factory=set)
    network_may_fail: bool = False

    def allow(self, *statuses: int) -> None:
        """Announce answers of 400 and more that belong to the story."""
        self.allowed_statuses.update(statuses)

    def on_console(self, message: ConsoleMessage) -> None:
        """Note errors that pages or the browser write, among them reports of the policy."""
        text = message.text
        if message.type != "error" or text.startswith(STATUS_IN_CONSOLE):
            return
        if self.network_may_fail and "net::ERR" in text:
            return
        where = message.page.url if message.page else ""
        self.found.append(f"console on {where}: {text}")

    def on_response(self, response: Response) -> None:
        """Note answers of 400 and more."""
        if response.status >= 400 and response.status not in self.allowed_statuses:
            self.found.append(f"{response.status} for {response.request.method} {response.url}")

    def on_request_failed(self, request: Request) -> None:
        """Note requests without an answer."""
        if self.network_may_fail or request.failure == ENDED_BY_VISITOR:
            return
        self.found.append(f"{request.failure} for {request.method} {request.url}")


class Window:
    """A fresh browser profile (`context`) with one open page (`page`), watched from the start."""

    def __init__(
        self,
        browser: Browser,
        *,
        size: tuple[int, int] = DESK,
        javascript: bool = True,
        scheme: str = "light",
    ) -> None:
        """Open it; `size` in CSS pixels, `scheme` is light or dark."""
        self.javascript = javascript
        self.size = size
        self.faults = Faults()
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            color_scheme="dark" if scheme == "dark" else "light",
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            # What a phone does: no mouse that hovers, touch instead.
            has_touch=size == PHONE,
        )
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(REPORT_VIOLATIONS)
        self.context.on("console", self.faults.on_console)
        self.context.on("response", self.faults.on_response)
        self.context.on("requestfailed", self.faults.on_request_failed)
        self.context.on(
            "weberror", lambda event: self.faults.found.append(f"script error: {event.error}")
        )
        self.page: Page = self.context.new_page()

    def close(self) -> None:
        """Close the profile with all its pages."""
        self.context.close()
