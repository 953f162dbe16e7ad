"""Pages of the portal that show a person's own things."""
