"""Names of the rights of this app; config.roles says which role has them."""

#: Decide on the identities of the tenant's own agency.
CONFIRM = "identity.confirm"
