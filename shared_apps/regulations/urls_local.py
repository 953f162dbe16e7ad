"""Addresses of the written register (local)."""

from django.urls import path

from shared_apps.regulations.views import local as views

urlpatterns = [
    path("", views.regulations, name="local_regulations"),
    path("baru/", views.regulation_add, name="local_regulation_add"),
    path("hubungan/<uuid:relation_id>/", views.relation, name="local_relation"),
    path("<slug:key>/", views.regulation_change, name="local_regulation"),
]
