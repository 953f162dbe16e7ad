"""Addresses of this app, on the portal."""

from django.urls import path

from shared_apps.desk.views.my_learning import my_learning
from shared_apps.desk.views.portal_home import portal_home

urlpatterns = [
    path("", portal_home, name="portal_home"),
    path("saya/", my_learning, name="my_learning"),
]
