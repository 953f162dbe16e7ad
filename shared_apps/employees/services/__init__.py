"""Writes of employees: by hand, by file, the unit tree, kept counts, links to accounts."""
