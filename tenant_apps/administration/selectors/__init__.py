"""Reads of the tenant itself, one module a topic."""
