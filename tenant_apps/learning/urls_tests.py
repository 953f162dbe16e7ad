"""Addresses of blueprints, more time and item analysis, among those of the question bank."""

from django.urls import path

from tenant_apps.learning.views import analysis, blueprints, extensions

urlpatterns = [
    path("kisi-kisi/", blueprints.blueprint_list, name="blueprints"),
    path("kisi-kisi/baru/", blueprints.edit_blueprint, name="new_blueprint"),
    path("kisi-kisi/<uuid:blueprint_id>/", blueprints.edit_blueprint, name="blueprint"),
    path("kisi-kisi/<uuid:blueprint_id>/tes/", blueprints.attach, name="attach_blueprint"),
    path("kisi-kisi/<uuid:blueprint_id>/hapus/", blueprints.delete, name="delete_blueprint"),
    path("waktu/", extensions.extension_list, name="time_extensions"),
    path("waktu/<uuid:member_id>/cabut/", extensions.withdraw, name="withdraw_time"),
    path("analisis/", analysis.test_list, name="analysed_tests"),
    path("analisis/<slug:slug>/<slug:purpose>/", analysis.test_analysis, name="test_analysis"),
]
