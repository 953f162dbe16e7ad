"""Addresses of the portal."""

from django.urls import include, path

handler400 = "toolkit.error_pages.bad_request"
handler403 = "toolkit.error_pages.forbidden"
handler404 = "toolkit.error_pages.not_found"
handler500 = "toolkit.error_pages.server_error"

urlpatterns = [
    # The front page stands in desk, the highest app whose data it shows.
    path("", include("shared_apps.desk.urls")),
    path("", include("shared_apps.catalog.urls")),
    path("saya/pemberitahuan/", include("shared_apps.notifications.urls")),
    path("akun/", include("shared_apps.accounts.urls")),
    path("v/", include("shared_apps.recognition.urls")),
    path("regulasi/", include("shared_apps.regulations.urls")),
    path("lan/regulasi/", include("shared_apps.regulations.urls_national")),
    path("lan/", include("shared_apps.oversight.urls")),
    path("tampilan/", include("tenants.urls")),
]
