"""Wiring of the product: settings, addresses, roles; names apps by dotted strings only."""
