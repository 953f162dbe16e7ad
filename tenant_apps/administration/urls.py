"""Addresses of the tenant itself, below /kelola/ on a tenant."""

from django.urls import path

from tenant_apps.administration.views import roles, trail

urlpatterns = [
    path("jejak/", trail.trail, name="trail"),
    path("peran/", roles.role_list, name="roles"),
    path("peran/beri/", roles.role_give, name="role_give"),
    path("peran/<int:assignment_id>/cabut/", roles.role_take, name="role_take"),
]
