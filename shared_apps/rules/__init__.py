"""Every configurable number of the field, as effective-dated data."""
