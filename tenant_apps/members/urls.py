"""Addresses of this app, below /kelola/identitas/ on a tenant."""

from django.urls import path

from tenant_apps.members import views

urlpatterns = [
    path("", views.queue, name="members_queue"),
    path("konfirmasi/", views.confirm, name="members_confirm"),
    path("<uuid:account_id>/tolak/", views.reject, name="members_reject"),
]
