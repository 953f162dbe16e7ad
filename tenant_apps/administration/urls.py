"""Addresses of the tenant itself, below /kelola/ on a tenant."""

from django.urls import path

from tenant_apps.administration.views import (
    announcements,
    co_authors,
    profile,
    roles,
    structure,
    trail,
)

urlpatterns = [
    path("topik/<slug:slug>/penulis/", co_authors.co_authors, name="co_authors"),
    path(
        "topik/<slug:slug>/penulis/<uuid:account_id>/lepas/",
        co_authors.co_author_remove,
        name="co_author_remove",
    ),
    path("profil/", profile.profile_page, name="profile"),
    path("profil/tampilan/", profile.look_page, name="look"),
    path("struktur/", structure.structure_page, name="structure"),
    path("struktur/kedudukan/baru/", structure.seat_form, name="seat_new"),
    path("struktur/kedudukan/<uuid:seat_id>/", structure.seat_form, name="seat_form"),
    path("struktur/kedudukan/<uuid:seat_id>/hapus/", structure.seat_remove, name="seat_remove"),
    path("struktur/akademi/baru/", structure.academy_form, name="academy_new"),
    path("struktur/akademi/<uuid:academy_id>/", structure.academy_form, name="academy_form"),
    path(
        "struktur/akademi/<uuid:academy_id>/hapus/",
        structure.academy_remove,
        name="academy_remove",
    ),
    path("pengumuman/", announcements.announcement_list, name="announcements"),
    path("pengumuman/baru/", announcements.announcement_form, name="announcement_new"),
    path("pengumuman/<uuid:announcement_id>/", announcements.announcement, name="announcement"),
    path(
        "pengumuman/<uuid:announcement_id>/ubah/",
        announcements.announcement_form,
        name="announcement_form",
    ),
    path(
        "pengumuman/<uuid:announcement_id>/tarik/",
        announcements.announcement_withdraw,
        name="announcement_withdraw",
    ),
    path("jejak/", trail.trail, name="trail"),
    path("peran/", roles.role_list, name="roles"),
    path("peran/beri/", roles.role_give, name="role_give"),
    path("peran/<int:assignment_id>/cabut/", roles.role_take, name="role_take"),
]
