"""Addresses under `/v/` on the portal: verification and download of certificates."""

from django.urls import path

from shared_apps.recognition.views import public as views

urlpatterns = [
    path("", views.verify_form, name="recognition_verify_form"),
    path("<str:code>/", views.verify, name="recognition_verify"),
    path("<str:code>/unduh/", views.download, name="recognition_download"),
]
