"""What awaits each person across tenants."""
