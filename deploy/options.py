"""What `make run` is told by the environment: PORT, BIND, BASE_DOMAIN, DATA_DIR, DATABASE_URL."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NO = {"0", "false", "no", "off"}


class LaunchError(Exception):
    """The portal cannot start; the text is for whoever ran the command."""


@dataclass(frozen=True)
class Options:
    """The launcher's settings; `data_dir` is absolute."""

    port: int
    bind: str
    base_domain: str
    data_dir: Path
    demo: bool

    @classmethod
    def from_environment(cls, given: Mapping[str, str], root: Path) -> "Options":
        """Read the variables; an empty one counts as not set, a relative folder is below `root`."""

        def text(name: str, default: str) -> str:
            return given.get(name, "").strip() or default

        port = text("PORT", "8000")
        if not port.isdecimal() or not 1 <= int(port) <= 65535:
            raise LaunchError(f"PORT={port} is not a port number (1 to 65535).")
        return cls(
            port=int(port),
            bind=text("BIND", "127.0.0.1").strip("[]"),
            base_domain=text("BASE_DOMAIN", "lintas.localhost"),
            data_dir=root / Path(text("DATA_DIR", "var")).expanduser(),
            demo=text("DEMO", "1").lower() not in NO,
        )

    @property
    def probe_host(self) -> str:
        """The address under which this machine reaches the web server."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1", "localhost": "127.0.0.1"}.get(
            self.bind, self.bind
        )

    @property
    def public(self) -> bool:
        """Whether other machines can reach the web server."""
        try:
            return not ipaddress.ip_address(self.bind).is_loopback
        except ValueError:
            return self.bind != "localhost"

    @property
    def portal(self) -> str:
        """The portal's address."""
        port = "" if self.port == 80 else f":{self.port}"
        return f"http://{self.base_domain}{port}"

    def environment(self, given: Mapping[str, str], root: Path) -> dict[str, str]:
        """Return the variables for manage.py, gunicorn and the worker."""
        kept = {name: value for name, value in given.items() if value.strip()}
        return {
            **kept,
            "PORT": str(self.port),
            "BIND": self.bind,
            "BASE_DOMAIN": self.base_domain,
            "DATA_DIR": str(self.data_dir),
            "DEMO": kept.get("DEMO", "1"),
            "PYTHONPATH": f"{root / 'platform'}:{root}",
            "PYTHONUNBUFFERED": "1",
        }
