"""Addresses where learning paths are written: `/kelola/jalur/…`."""

from django.urls import path

from tenant_apps.learning.views import paths

urlpatterns = [
    path("", paths.shelf, name="path_shelf"),
    path("baru/", paths.create_path, name="path_create"),
    path("<slug:slug>/", paths.edit_path, name="path_edit"),
    path("<slug:slug>/terbitkan/", paths.publish_path, name="path_publish"),
]
