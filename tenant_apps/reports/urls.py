"""Addresses of the summary and of results, below /kelola/ on a tenant."""

from django.urls import path

from tenant_apps.reports.views import dashboard, participants, results, satisfaction

urlpatterns = [
    path("", dashboard.dashboard, name="workspace"),
    path("peserta/", participants.participants, name="participants"),
    path("peserta/<uuid:account_id>/", participants.participant, name="participant"),
    path("hasil/", results.learning_results, name="learning_results"),
    path("kepuasan/", satisfaction.satisfaction_results, name="satisfaction"),
]
