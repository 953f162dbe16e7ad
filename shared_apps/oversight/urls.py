"""Addresses of this app, below /lan/ on the portal."""

from django.urls import path

from shared_apps.oversight import views

urlpatterns = [
    path("", views.agencies, name="oversight"),
    path("unduh/", views.agencies_xlsx, name="oversight_xlsx"),
]
