"""Addresses of a tenant."""

from django.urls import include, path

handler400 = "toolkit.error_pages.bad_request"
handler403 = "toolkit.error_pages.forbidden"
handler404 = "toolkit.error_pages.not_found"
handler500 = "toolkit.error_pages.server_error"

urlpatterns = [
    path("", include("tenant_apps.home.urls")),
    path("", include("tenant_apps.administration.urls_public")),
    path("topik/", include("tenant_apps.learning.urls")),
    path("kelas/", include("tenant_apps.learning.urls_classes")),
    path("tes/", include("tenant_apps.sittings.urls")),
    path("berkas/", include("tenant_apps.files.urls")),
    path("regulasi/", include("tenant_apps.citations.urls")),
    path("kelola/regulasi/", include("shared_apps.regulations.urls_local")),
    path("kelola/rujukan/", include("tenant_apps.citations.urls_workspace")),
    path("kelola/kelas/", include("tenant_apps.learning.urls_offerings")),
    path("kelola/usulan/", include("tenant_apps.learning.urls_proposals")),
    path("jalur/", include("tenant_apps.learning.urls_paths")),
    path("kelola/topik/", include("tenant_apps.learning.urls_workshop")),
    path("kelola/jalur/", include("tenant_apps.learning.urls_path_workshop")),
    path("kelola/", include("tenant_apps.reports.urls")),
    path("kelola/soal/", include("tenant_apps.learning.urls_tests")),
    path("kelola/soal/", include("tenant_apps.question_bank.urls")),
    path("kelola/soal/", include("tenant_apps.question_bank.urls_files")),
    path("kelola/esai/", include("tenant_apps.learning.urls_essays")),
    path("kelola/identitas/", include("tenant_apps.members.urls")),
    path("kelola/pegawai/", include("tenant_apps.members.urls_employees")),
    path("kelola/", include("tenant_apps.administration.urls")),
    path("kelola/pekerjaan/", include("shared_apps.jobs.urls")),
    path("kelola/sertifikat/", include("shared_apps.recognition.urls_workspace")),
    path("tampilan/", include("tenants.urls")),
]
