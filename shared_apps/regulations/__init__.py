"""The register of regulations: what holds, what was amended or revoked, and by what."""
