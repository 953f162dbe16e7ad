"""A PostgreSQL server of our own for machines that have none; standard library only."""

from tenants.embedded.errors import EmbeddedError
from tenants.embedded.server import Server

__all__ = ["EmbeddedError", "Server"]
