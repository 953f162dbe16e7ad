"""A browser of the load client: one kept connection, cookies, and how long each answer took."""

import gzip
import http.client
import time
from urllib.parse import urlencode

# A connection belongs to one worker as long as it lives; new ones spread the load over both.
REQUESTS_PER_CONNECTION = 40
HEADERS = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/141.0 Mobile",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "id-ID,id;q=0.9",
}


class Unexpected(Exception):
    """An answer that a measure cannot use; the text says which."""


class Browser:
    """Sends requests for the host name `host` to 127.0.0.1:`port`."""

    def __init__(self, port: int, host: str) -> None:
        self.port, self.host = port, f"{host}:{port}"
        self.cookies: dict[str, str] = {}
        #: Seconds that each answer took.
        self.seconds: list[float] = []
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0

    def ask(
        self, path: str, data: dict[str, str] | None = None, *, status: int = 200, token: str = ""
    ) -> str:
        """Send a GET, or a POST of form fields; returns the page, for a redirect its target.

        Raises Unexpected for any other status.
        """
        headers = {**HEADERS, "Host": self.host}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if data is not None:
            body = urlencode(data)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{self.host}"
            if token:
                headers["X-CSRFToken"] = token
        connection = self._connected()
        started = time.perf_counter()
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.seconds.append(time.perf_counter() - started)
        self._used += 1
        if answer.status != status:
            raise Unexpected(f"{path} on {self.host} answered {answer.status}, not {status}.")
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        if status in {301, 302}:
            return str(answer.headers["Location"])
        return unpacked(content, answer.headers.get("Content-Encoding", ""))

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._used = None, 0

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None or self._used >= REQUESTS_PER_CONNECTION:
            self.close()
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._connection.connect()
        return self._connection


def unpacked(content: bytes, encoding: str) -> str:
    """Return a body as text; what is no text (a PDF) gives its first bytes."""
    if encoding == "gzip":
        content = gzip.decompress(content)
    elif encoding == "br":
        import brotli  # type: ignore[import-untyped]

        content = brotli.decompress(content)
    return content.decode(errors="replace")
