"""Addresses of stored files."""

from django.urls import path

from tenant_apps.files import views

urlpatterns = [path("<uuid:file_id>/", views.stored_file, name="stored_file")]
