"""Addresses of the register on the portal, below /regulasi/."""

from django.urls import path

from shared_apps.regulations import pages

urlpatterns = [
    path("", pages.regulation_list, name="regulations"),
    path("saran/", pages.suggest, name="regulation_suggestions"),
    path("<slug:key>/", pages.regulation_page, name="regulation"),
]
