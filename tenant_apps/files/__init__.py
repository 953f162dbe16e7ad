"""Files that a tenant stores, each served by one view that asks its owner."""
