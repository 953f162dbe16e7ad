"""Writes of accounts: registration, identities, sessions."""
