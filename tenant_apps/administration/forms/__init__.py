"""Forms of the tenant itself, one module a room."""
