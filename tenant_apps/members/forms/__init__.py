"""Forms about the people of the tenant's own agency."""
