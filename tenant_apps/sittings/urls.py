"""Addresses of sittings."""

from django.urls import path

from tenant_apps.sittings import views

urlpatterns = [
    path("<uuid:sitting_id>/<int:position>/", views.save, name="save_answer"),
]
