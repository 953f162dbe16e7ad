"""Addresses of classes in the workspace: `/kelola/kelas/…`."""

from django.urls import path

from tenant_apps.learning.views import (
    offering_attendance,
    offering_letters,
    offering_people,
    offering_proposals,
    offering_sessions,
    offerings,
)

urlpatterns = [
    path("", offerings.offering_list, name="offerings"),
    path("baru/", offerings.offering_new, name="offering_new"),
    path("jam-mengajar/", offering_sessions.teaching_hours, name="teaching_hours"),
    path("<slug:slug>/", offerings.offering_page, name="offering"),
    path("<slug:slug>/ubah/", offerings.offering_edit, name="offering_edit"),
    path("<slug:slug>/status/", offerings.offering_move, name="offering_move"),
    path("<slug:slug>/batal/", offerings.offering_cancel, name="offering_cancel"),
    path("<slug:slug>/sesi/baru/", offering_sessions.session_new, name="session_new"),
    path(
        "<slug:slug>/sesi/<uuid:session_id>/", offering_sessions.session_edit, name="session_edit"
    ),
    path(
        "<slug:slug>/sesi/<uuid:session_id>/hapus/",
        offering_sessions.session_remove,
        name="session_remove",
    ),
    path("<slug:slug>/peserta/", offering_people.people, name="offering_people"),
    path("<slug:slug>/peserta/tindakan/", offering_people.people_act, name="offering_people_act"),
    path("<slug:slug>/peserta/tetapkan/", offering_people.assign, name="offering_assign"),
    path(
        "<slug:slug>/peserta/templat/",
        offering_people.assign_template,
        name="offering_assign_template",
    ),
    path("<slug:slug>/kehadiran/", offering_attendance.overview, name="offering_attendance"),
    path(
        "<slug:slug>/kehadiran/<uuid:session_id>/",
        offering_attendance.session_list,
        name="offering_session_attendance",
    ),
    path(
        "<slug:slug>/kehadiran/<uuid:session_id>/qr/",
        offering_attendance.qr_screen,
        name="offering_session_qr",
    ),
    path("<slug:slug>/usulan/", offering_proposals.proposed, name="offering_proposals"),
    path("<slug:slug>/usulan/jawab/", offering_proposals.answer, name="offering_proposals_answer"),
    path("<slug:slug>/surat/", offering_letters.letters, name="offering_letters"),
    path("<slug:slug>/surat/<uuid:letter_id>/", offering_letters.letter_pdf, name="letter_pdf"),
]
