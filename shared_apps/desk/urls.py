"""Addresses of this app, on the portal."""

from django.urls import path

from shared_apps.desk.views import calendar
from shared_apps.desk.views.my_learning import my_learning
from shared_apps.desk.views.portal_home import portal_home

urlpatterns = [
    path("", portal_home, name="portal_home"),
    path("kalender/", calendar.my_calendar, name="my_calendar"),
    path("kalender/<str:token>.ics", calendar.feed, name="calendar_feed"),
    path("saya/", my_learning, name="my_learning"),
]
