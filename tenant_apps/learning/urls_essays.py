"""Addresses of the queue of essays: `/kelola/esai/…`."""

from django.urls import path

from tenant_apps.learning.views import essays

urlpatterns = [
    path("", essays.essay_list, name="essays"),
    path("<uuid:sitting_id>/<int:position>/", essays.mark_page, name="mark_essay"),
]
