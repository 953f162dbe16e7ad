"""Who holds which role at which tenant."""

from django.conf import settings
from django.db import models


class RoleAssignment(models.Model):
    """One person holds one role at one tenant; names of roles stand in config.roles.

    A withdrawn one stays as history. Dates are inclusive, in the tenant's zone; null is open.
    """

    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_assignments"
    )
    role = models.CharField(max_length=30)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "tenant", "role"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_running_assignment_per_role",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_until")),
                name="role_begins_before_it_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "role", "valid_until"], name="roles_of_tenant"),
        ]

    def __str__(self) -> str:
        return self.role
