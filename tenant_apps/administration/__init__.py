"""How a tenant runs itself."""
