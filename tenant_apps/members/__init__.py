"""Who learns or works at this tenant: the one link to the national account."""
