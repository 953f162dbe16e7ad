"""Agencies, tenants, their schemas and the embedded database."""
