"""Addresses of looks, below /tampilan/ on the portal and on every tenant."""

from django.urls import re_path

from tenants import views

urlpatterns = [
    re_path(r"^(?P<colour>[0-9a-fA-F]{6})\.css$", views.stylesheet, name="look_stylesheet"),
    re_path(r"^(?P<sha256>[0-9a-f]{64})\.png$", views.logo, name="look_logo"),
]
