"""Writes of members: joining a tenant, and deciding who a person is."""
