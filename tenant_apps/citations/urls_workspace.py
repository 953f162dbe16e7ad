"""Addresses of the work list, below /kelola/rujukan/."""

from django.urls import path

from tenant_apps.citations import views

urlpatterns = [
    path("", views.work_list, name="citations"),
    path("<uuid:citation_id>/sesuai/", views.confirm, name="citation_confirm"),
]
