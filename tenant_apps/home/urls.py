"""Addresses of the tenant's front page."""

from django.urls import path

from tenant_apps.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("saya/", views.my_learning, name="my_learning"),
]
