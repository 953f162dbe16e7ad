"""Addresses of the inbox, below /saya/pemberitahuan/ on the portal."""

from django.urls import path

from shared_apps.notifications import views

urlpatterns = [
    path("", views.inbox, name="notices"),
    path("dibaca/", views.all_read, name="notices_read"),
    path("setelan/", views.settings_page, name="notices_settings"),
    path("berhenti/<str:stop_token>/", views.stop, name="notices_stop"),
    path("<uuid:notice_id>/", views.notice, name="notice"),
]
