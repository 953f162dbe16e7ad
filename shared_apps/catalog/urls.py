"""Addresses of the catalogue, on the portal."""

from django.urls import path

from shared_apps.catalog import views

urlpatterns = [
    path("katalog/", views.catalogue, name="catalogue"),
    path("i/<slug:code>/", views.provider, name="provider"),
]
