"""Addresses of classes for learners: `/kelas/…`."""

from django.urls import path

from tenant_apps.learning.views import checkin, classes

urlpatterns = [
    path("", classes.class_list, name="class_list"),
    path("hadir/", checkin.confirm, name="check_in"),
    path("hadir/<str:token>/", checkin.scanned, name="scanned"),
    path("<slug:slug>/", classes.class_page, name="class"),
    path("<slug:slug>/daftar/", classes.sign_up, name="class_sign_up"),
    path("<slug:slug>/mundur/", classes.withdraw, name="class_withdraw"),
    path("<slug:slug>/kalender.ics", classes.class_calendar, name="class_calendar"),
]
