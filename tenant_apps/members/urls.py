"""Addresses of this app, below /kelola/identitas/ on a tenant."""

from django.urls import path

from tenant_apps.members.views import identities

urlpatterns = [
    path("", identities.queue, name="members_queue"),
    path("konfirmasi/", identities.confirm, name="members_confirm"),
    path("cocokkan/", identities.match, name="members_match"),
    path("<uuid:account_id>/tolak/", identities.reject, name="members_reject"),
]
