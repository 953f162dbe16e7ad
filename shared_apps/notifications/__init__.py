"""One inbox per person across tenants."""
