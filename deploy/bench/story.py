"""The learner's way through a topic as a browser with JavaScript goes it, request by request."""

import re
from collections.abc import Generator
from typing import TypeVar

from deploy.bench.browser import Browser, Unexpected

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
QUESTION = re.compile(r'<fieldset class="question"\s+id="soal-(\d+)".*?</fieldset>', re.DOTALL)
STEM = re.compile(r"</span>(.*?)</legend>", re.DOTALL)
OPTION = re.compile(r'value="(\w+)"[^>]*>\s*<span>(.*?)</span>\s*</label>', re.DOTALL)
SAVE = re.compile(r'data-save="([^"]+)"')
FINISH = re.compile(r'action="(/topik/[^"]+/selesai/)"')
POINTS = re.compile(r'type="radio"\s+name="(U\d)"')
DOWNLOAD = re.compile(r'href="http://[^/"]+(/v/[^"/]+/unduh/)"')

Answer = TypeVar("Answer")
# Stops after every request, so that whoever drives it can look at the clock.
Asks = Generator[None, None, Answer]


def found(pattern: re.Pattern[str], page: str, what: str) -> str:
    """Return the first group of a pattern; raises Unexpected when the page lacks it."""
    match = pattern.search(page)
    if match is None:
        raise Unexpected(f"A page of the topic shows no {what}.")
    return match[1]


def questions(page: str) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Return (position, stem, [(option id, its text)]) of each question of a paper."""
    rows = []
    for match in QUESTION.finditer(page):
        stem = found(STEM, match[0], "question text").strip()
        rows.append((int(match[1]), stem, OPTION.findall(match[0])))
    return rows


class Story:
    """One person at one topic; `right` gives the text of the right option by the stem."""

    def __init__(self, browser: Browser, slug: str, right: dict[str, str]) -> None:
        self.browser, self.slug, self.right = browser, slug, right
        #: Path of the certificate's download on the portal, once the story is over.
        self.download = ""

    def url(self, rest: str = "") -> str:
        """Return an address below the topic."""
        return f"/topik/{self.slug}/{rest}"

    def go(self) -> Asks[None]:
        """Go from the topic's page to the certificate; yields after every request."""
        page = yield from self._get(self.url())
        next_path = yield from self._post(page, self.url("mulai/"))
        yield from self._test(next_path, passing=False)
        yield from self._read()
        yield from self._test(self.url("post-test/"), passing=True)
        page = yield from self._get(self.url("survei/"))
        answers = dict.fromkeys(POINTS.findall(page), "4")
        next_path = yield from self._post(page, self.url("survei/"), answers)
        page = yield from self._get(next_path)
        self.download = found(DOWNLOAD, page, "download")

    def _get(self, path: str) -> Asks[str]:
        page = self.browser.ask(path)
        yield
        return page

    def _post(self, page: str, path: str, data: dict[str, str] | None = None) -> Asks[str]:
        token = found(TOKEN, page, "form")
        target = self.browser.ask(path, {**(data or {}), "csrfmiddlewaretoken": token}, status=302)
        yield
        return target

    def _test(self, path: str, *, passing: bool) -> Asks[None]:
        intro = yield from self._get(path)
        path = yield from self._post(intro, path)
        page = yield from self._get(path)
        token, save = found(TOKEN, page, "form"), found(SAVE, page, "address to save to")
        last: dict[str, str] = {}
        for position, stem, options in questions(page):
            texts = {text: name for name, text in options}
            answer = texts[self.right[stem]] if passing else options[0][0]
            # The page's script sends the number that it knows of, and gets the next one.
            fields = {f"seq-{position}": "0", f"jawaban-{position}": answer}
            sent = {**fields, "csrfmiddlewaretoken": token}
            self.browser.ask(f"{save}{position}/", sent, token=token)
            yield
            last |= {f"seq-{position}": "1", f"jawaban-{position}": answer}
        if not last:
            raise Unexpected(f"The paper at {path} shows no questions.")
        path = yield from self._post(page, f"{path}kumpulkan/", last)
        yield from self._get(path)

    def _read(self) -> Asks[None]:
        path = self.browser.ask(self.url("baca/"), status=302)
        yield
        while "/baca/" in path:
            page = yield from self._get(path)
            path = yield from self._post(page, found(FINISH, page, "button to go on"))
