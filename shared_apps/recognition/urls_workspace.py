"""Addresses of certificates, below /kelola/sertifikat/ on a tenant."""

from django.urls import path

from shared_apps.recognition.views import bulk, earlier, issued, templates

urlpatterns = [
    path("", issued.certificates, name="certificates"),
    path("terbit/<str:code>/", issued.certificate, name="certificate"),
    path("terbit/<str:code>/unduh/", issued.download, name="certificate_download"),
    path("terbit/<str:code>/cabut/", issued.revoke, name="certificate_revoke"),
    path("terbit/<str:code>/terbit-ulang/", issued.reissue, name="certificate_reissue"),
    path("massal/", bulk.bulk, name="certificates_bulk"),
    path("templat/", templates.template_list, name="certificate_templates"),
    path("templat/baru/", templates.template_new, name="certificate_template_new"),
    path("templat/<uuid:template_id>/", templates.template_edit, name="certificate_template"),
    path(
        "templat/<uuid:template_id>/<str:action>/",
        templates.template_action,
        name="certificate_template_action",
    ),
    path("lama/", earlier.earlier_list, name="earlier_certificates"),
    path("lama/unggah/", earlier.upload, name="earlier_upload"),
    path("lama/templat/", earlier.sheet, name="earlier_sheet"),
    path("lama/simpan/<uuid:job_id>/", earlier.keep, name="earlier_keep"),
    path("lama/<uuid:certificate_id>/tarik/", earlier.withdraw, name="earlier_withdraw"),
]
