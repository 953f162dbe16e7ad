"""Questions that are asked before `make run` starts: is the port free, does the database answer?"""

import socket

from deploy.options import LaunchError

OLDEST_SERVER = 150000


def bind_error(host: str, port: int) -> OSError | None:
    """Return why nothing can listen there; None if it is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error
    return None


def check_server(url: str) -> None:
    """Refuse a DATABASE_URL that does not answer or is too old, in one sentence."""
    import psycopg2

    try:
        connection = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.Error as error:
        reason = (str(error).strip().splitlines() or ["no answer"])[0]
        raise LaunchError(f"The server in DATABASE_URL cannot be used: {reason}") from None
    version = connection.server_version
    connection.close()
    if version < OLDEST_SERVER:
        raise LaunchError(
            f"The server in DATABASE_URL is PostgreSQL {version // 10000}; "
            f"{OLDEST_SERVER // 10000} or newer is needed."
        )
