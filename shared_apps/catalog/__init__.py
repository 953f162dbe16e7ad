"""Published snapshots of what all tenants teach, and the search over them."""
