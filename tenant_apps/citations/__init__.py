"""Which things of a tenant cite which regulation, and what changed since somebody looked."""
