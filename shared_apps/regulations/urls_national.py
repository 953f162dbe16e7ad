"""Addresses of the written register (national)."""

from django.urls import path

from shared_apps.regulations.views import national as views

urlpatterns = [
    path("", views.regulations, name="national_regulations"),
    path("baru/", views.regulation_add, name="national_regulation_add"),
    path("hubungan/<uuid:relation_id>/", views.relation, name="national_relation"),
    path("<slug:key>/", views.regulation_change, name="national_regulation"),
]
