"""The text with addresses and demo accounts that `make run` ends its start with."""

from typing import Any
from urllib.parse import urlsplit

from deploy.options import Options


def announcement(options: Options, listed: dict[str, Any]) -> str:
    """Return the text for the terminal.

    `listed` has the form of `manage.py demo_accounts --format json` and may be empty.
    """
    portal = str(listed.get("portal") or options.portal)
    tenants = listed.get("tenants", [])
    lines = ["", "Lintas is ready.", "", f"  Portal   {portal}"]
    rows = [[tenant["url"], tenant["name"]] for tenant in tenants]
    lines += [
        f"  {'Tenants' if index == 0 else '':<8} {row}" for index, row in enumerate(table(rows))
    ]
    accounts = listed.get("accounts", [])
    if accounts:
        keys = ("role", "tenant", "name", "login", "email", "password")
        titles = ["role", "tenant", "name", "NIP", "e-mail", "password"]
        rows = [titles, *([str(account.get(key) or "-") for key in keys] for account in accounts)]
        lines += ["", "  Demo accounts (sign in with NIP or e-mail):"]
        lines += [f"    {row}" for row in table(rows)]
    hosts = [urlsplit(url).hostname or "" for url in (portal, *(t["url"] for t in tenants))]
    lines += [
        "",
        "  If a browser does not find these names, add this line to its machine's hosts file:",
        f"    {options.probe_host} {' '.join(dict.fromkeys(hosts))}",
    ]
    if options.public and accounts:
        lines += [
            "",
            "  Other machines can reach this portal, and these passwords are known to everybody.",
        ]
    logs = options.data_dir / "logs"
    lines += ["", f"  Logs are in {logs}. Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def table(rows: list[list[str]]) -> list[str]:
    """Return the rows as lines with aligned columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
