"""Addresses of jobs, below /kelola/pekerjaan/ on a tenant."""

from django.urls import path

from shared_apps.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<uuid:job_id>/", views.job_page, name="job"),
    path("<uuid:job_id>/berkas/", views.job_file, name="job_file"),
]
