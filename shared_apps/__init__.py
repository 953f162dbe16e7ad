"""Apps of the public schema: what all tenants share."""
