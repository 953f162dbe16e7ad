"""Where the server listens: a unix socket in a short private folder, else a loopback port."""

import os
import shutil
import socket
import stat
import tempfile
from pathlib import Path

from tenants.embedded.runas import RunAs

SOCKET_PORT = 5432
SOCKET_PREFIX = "lintas-"


def choose(run_as: RunAs) -> dict[str, str]:
    """Return a unix socket in a private folder, or a free loopback port where sockets fail."""
    for root in ("/tmp", tempfile.gettempdir()):
        folder = None
        try:
            # Short on purpose: a socket's path may have 107 bytes, the data folder may be longer.
            folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir=root))
            with socket.socket(socket.AF_UNIX) as probe:
                probe.bind(str(folder / "probe"))
            (folder / "probe").unlink()
            os.chown(folder, *run_as.owner())
            folder.chmod(stat.S_IRWXU)
            return {"host": str(folder), "port": str(SOCKET_PORT)}
        except OSError:
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return {"host": "127.0.0.1", "port": str(probe.getsockname()[1])}


def settings(address: dict[str, str]) -> dict[str, str]:
    """Return the server settings that make it listen at `address` and nowhere else."""
    if address["host"].startswith("/"):
        listen = {"listen_addresses": "", "unix_socket_directories": address["host"]}
    else:
        listen = {"listen_addresses": address["host"], "unix_socket_directories": ""}
    return {**listen, "port": address["port"], "unix_socket_permissions": "0700"}


def remove(note: Path, address: dict[str, str]) -> None:
    """Remove the socket's folders that `note` (of a killed start) and `address` name; the note."""
    try:
        noted = note.read_text()
    except OSError:
        noted = ""
    for folder in {Path(noted), Path(address.get("host", ""))}:
        if folder.name.startswith(SOCKET_PREFIX) and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
    note.unlink(missing_ok=True)
