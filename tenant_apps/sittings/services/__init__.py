"""Writes of sittings."""
