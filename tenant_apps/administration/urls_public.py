"""Public addresses of the tenant itself."""

from django.urls import path

from tenant_apps.administration.views import announcements, profile

urlpatterns = [
    path("tentang/", profile.about, name="about"),
    path(
        "pengumuman/<uuid:announcement_id>/",
        announcements.announcement_page,
        name="announcement_page",
    ),
]
