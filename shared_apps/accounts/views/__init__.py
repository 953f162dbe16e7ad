"""Pages of accounts, all of them on the portal."""
