"""Addresses of the question bank: `/kelola/soal/…`."""

from django.urls import path

from tenant_apps.question_bank.views import categories, editing, questions

urlpatterns = [
    path("", questions.question_list, name="questions"),
    path("baru/", editing.choose_kind, name="choose_question_kind"),
    path("baru/<slug:kind>/", editing.new_question, name="new_question"),
    path("pratinjau/<slug:kind>/", editing.preview_question, name="preview_question"),
    path("kategori/", categories.category_list, name="question_categories"),
    path("kategori/<uuid:category_id>/", categories.category_page, name="question_category"),
    path(
        "kategori/<uuid:category_id>/hapus/",
        categories.delete_category,
        name="delete_question_category",
    ),
    path("<uuid:question_id>/", questions.question_page, name="question"),
    path("<uuid:question_id>/ubah/", editing.edit_question, name="edit_question"),
    path("<uuid:question_id>/status/", questions.set_state, name="set_question_state"),
    path(
        "<uuid:question_id>/versi/<int:version>/pulihkan/",
        questions.restore_version,
        name="restore_question_version",
    ),
]
