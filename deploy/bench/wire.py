"""What a page with everything that belongs to it weighs over the wire, for a phone."""

import re
import socket
from dataclasses import dataclass, field

from deploy.bench.browser import HEADERS, Unexpected, unpacked
from deploy.bench.report import Weight

PART = re.compile(
    r'<link rel="(?:stylesheet|icon)"[^>]*?\shref="([^"]+)"'
    r'|<script[^>]*?\ssrc="([^"]+)"'
    r'|<img[^>]*?\ssrc="([^"]+)"'
    r'|<use href="([^"#]+)#'
)


@dataclass
class Answer:
    """One answer: its bytes on the wire, its headers in lower case, its body."""

    size: int
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kept(self) -> bool:
        """Whether a browser uses it again without asking."""
        control = self.headers.get("cache-control", "")
        age = re.search(r"max-age=(\d+)", control)
        return "no-store" not in control and age is not None and int(age[1]) >= 3600


def fetch(port: int, host: str, path: str, more: dict[str, str]) -> Answer:
    """Ask once over a connection of its own and count every byte of the answer."""
    headers = {**HEADERS, **more, "Host": f"{host}:{port}", "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    top, _, body = answer.partition(b"\r\n\r\n")
    lines = top.decode("latin-1").split("\r\n")
    found = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines[1:])}
    if found.get("transfer-encoding") == "chunked":
        body = _joined(body)
    return Answer(len(answer), int(lines[0].split()[1]), found, body)


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        body, chunks = body + rest[:length], rest[length + 2 :] if length else b""
    return body


@dataclass
class Phone:
    """A browser with its cache; it starts empty."""

    port: int
    host: str
    cookies: dict[str, str]
    _cache: dict[str, Answer] = field(default_factory=dict)

    def visit(self, name: str, path: str, limit: int | None = None) -> Weight:
        """Load a page with its parts; whatever the cache may answer weighs nothing."""
        cookie = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        sizes = [(path, page.size)] if (page := self._get(path, {"Cookie": cookie})) else []
        text = unpacked(page.body, page.headers.get("content-encoding", ""))
        parts = dict.fromkeys(next(filter(None, match)) for match in PART.findall(text))
        for part in parts:
            if part.startswith("data:") or (part in self._cache and self._cache[part].kept):
                continue
            sizes.append((part, self._get(part, {}).size))
        return Weight(name, sum(size for _, size in sizes), sizes, limit)

    def _get(self, path: str, headers: dict[str, str]) -> Answer:
        known = self._cache.get(path)
        if known is not None:
            for header, condition in (
                ("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"),
            ):  # fmt: skip
                if header in known.headers:
                    headers = {**headers, condition: known.headers[header]}
        answer = fetch(self.port, self.host, path, headers)
        if answer.status not in {200, 304}:
            raise Unexpected(f"{path} on {self.host} answered {answer.status}.")
        if answer.status == 304 and known is not None:
            return Answer(answer.size, 304, {**known.headers, **answer.headers}, known.body)
        self._cache[path] = answer
        return answer
