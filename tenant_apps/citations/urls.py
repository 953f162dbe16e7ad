"""Addresses of the register on a tenant, below /regulasi/."""

from django.urls import path

from shared_apps.regulations import pages
from tenant_apps.citations import views

urlpatterns = [
    path("", pages.regulation_list, name="regulations"),
    path("saran/", pages.suggest, name="regulation_suggestions"),
    path("<slug:key>/", views.regulation_page, name="regulation"),
]
