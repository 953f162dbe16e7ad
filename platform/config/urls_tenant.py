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
    path("tes/", include("tenant_apps.sittings.urls")),
    path("berkas/", include("tenant_apps.files.urls")),
    path("kelola/topik/", include("tenant_apps.learning.urls_workshop")),
    path("kelola/", include("tenant_apps.reports.urls")),
    path("kelola/identitas/", include("tenant_apps.members.urls")),
    path("kelola/pegawai/", include("tenant_apps.members.urls_employees")),
    path("kelola/", include("tenant_apps.administration.urls")),
    path("kelola/pekerjaan/", include("shared_apps.jobs.urls")),
    path("kelola/sertifikat/", include("shared_apps.recognition.urls_workspace")),
    path("tampilan/", include("tenants.urls")),
]
