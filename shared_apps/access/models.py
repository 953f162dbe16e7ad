"""Who holds which role at which tenant."""

from django.conf import settings
from django.db import models


class RoleAssignment(models.Model):
    """One person holds one role at one tenant; names of roles stand in config.roles."""

    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(max_length=30)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "tenant", "role"], name="one_assignment_per_role"
            )
        ]

    def __str__(self) -> str:
        return self.role
