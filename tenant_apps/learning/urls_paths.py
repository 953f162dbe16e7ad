"""Addresses of learning paths: `/jalur/…`."""

from django.urls import path

from tenant_apps.learning.views import paths

urlpatterns = [
    path("", paths.path_list, name="path_list"),
    path("<slug:slug>/", paths.path_page, name="path"),
]
