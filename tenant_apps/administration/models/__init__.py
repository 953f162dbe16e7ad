"""Tables of the tenant itself."""

from tenant_apps.administration.models.announcements import Announcement
from tenant_apps.administration.models.structure import Academy, Seat

__all__ = ["Academy", "Announcement", "Seat"]
