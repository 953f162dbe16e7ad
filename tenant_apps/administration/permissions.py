"""Names of the rights of this app; config.roles says which role has them."""

#: Give and withdraw roles.
ROLES = "role.manage"
#: Change profile, look, structure and announcements.
TENANT = "tenant.manage"
#: Read who did what.
AUDIT = "audit.view"
