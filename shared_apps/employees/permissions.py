"""Names of the rights of this app; config.roles says which role has them."""

#: Read the people and units of the tenant's own agency.
VIEW = "employee.view"
#: Import, add and change them.
MANAGE = "employee.manage"
