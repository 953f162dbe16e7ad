"""Pages of the people of the tenant's own agency."""
