"""Makes tables append-only by privilege."""


def refuse_changes(*tables: str) -> str:
    """Return SQL after which the current role may only add and read rows of the tables.

    Even the owner is refused; a superuser is not, so the application's role must not be one.
    """
    return "".join(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER;" for table in tables
    )
