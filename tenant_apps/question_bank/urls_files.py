"""Addresses of files of questions: `/kelola/soal/impor/…` and `/kelola/soal/ekspor/`."""

from django.urls import path

from tenant_apps.question_bank.views import files

urlpatterns = [
    path("impor/", files.import_questions, name="question_imports"),
    path("impor/templat.xlsx", files.template, name="question_template"),
    path("impor/<uuid:import_id>/", files.import_page, name="question_import"),
    path("impor/<uuid:import_id>/terapkan/", files.apply_import, name="apply_question_import"),
    path(
        "impor/<uuid:import_id>/<int:position>/", files.imported_question, name="imported_question"
    ),
    path(
        "impor/<uuid:import_id>/<int:position>/gambar/<int:number>/",
        files.imported_image,
        name="imported_image",
    ),
    path("ekspor/", files.export_questions, name="export_questions"),
]
