"""Addresses of the training unit's workspace: `/kelola/…`."""

from django.urls import path

from tenant_apps.learning.views import workspace

urlpatterns = [
    path("", workspace.workspace, name="workspace"),
    path("topik/<slug:slug>/peserta/", workspace.topic_participants, name="topic_participants"),
]
