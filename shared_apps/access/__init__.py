"""Roles per tenant, what they allow, and the rule of each view."""
