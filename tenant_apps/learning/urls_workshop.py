"""Addresses of the workshop: `/kelola/topik/…`."""

from django.urls import path

from tenant_apps.learning.views import packs, sections, versions, workshop, workshop_actions

urlpatterns = [
    path("", workshop.shelf, name="workshop_shelf"),
    path("baru/", workshop.create, name="workshop_create"),
    path("impor/", packs.import_packs, name="workshop_import"),
    path("<slug:slug>/", workshop.topic_page, name="workshop"),
    path("<slug:slug>/isian/", workshop.properties, name="workshop_properties"),
    path("<slug:slug>/draf/", workshop_actions.open_draft, name="workshop_open"),
    path("<slug:slug>/buang/", workshop_actions.discard_draft, name="workshop_discard"),
    path("<slug:slug>/gandakan/", workshop_actions.duplicate, name="workshop_duplicate"),
    path("<slug:slug>/arsip/", workshop_actions.archive, name="workshop_archive"),
    path("<slug:slug>/ajukan/", workshop_actions.submit, name="workshop_submit"),
    path("<slug:slug>/terbitkan/", workshop_actions.publish, name="workshop_publish"),
    path("<slug:slug>/kembalikan/", workshop_actions.send_back, name="workshop_return"),
    path("<slug:slug>/ekspor/", packs.export_topic, name="workshop_export"),
    path("<slug:slug>/versi/<int:number>/", versions.version_page, name="workshop_version"),
    path("<slug:slug>/lihat/", versions.as_participant, name="workshop_preview"),
    path("<slug:slug>/lihat/<slug:key>/", versions.as_participant, name="workshop_preview_section"),
    path("<slug:slug>/berkas/", sections.topic_files, name="workshop_files"),
    path(
        "<slug:slug>/berkas/<uuid:file_id>/hapus/",
        sections.delete_file,
        name="workshop_delete_file",
    ),
    path("<slug:slug>/pratinjau/", sections.preview, name="workshop_render"),
    path("<slug:slug>/bagian/baru/", sections.add_section, name="workshop_add_section"),
    path("<slug:slug>/bagian/urutan/", sections.order_sections, name="workshop_order"),
    path("<slug:slug>/bagian/<slug:key>/", sections.section_editor, name="workshop_section"),
    path("<slug:slug>/bagian/<slug:key>/pindah/", sections.move_section, name="workshop_move"),
    path("<slug:slug>/bagian/<slug:key>/hapus/", sections.delete_section, name="workshop_delete"),
]
