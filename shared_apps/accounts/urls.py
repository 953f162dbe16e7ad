"""Addresses of this app, below /akun/ on the portal.

The names beginning with `account_` are allauth's: its code looks them up.
"""

from django.urls import path, re_path

from shared_apps.accounts.views import entrance, passwords, profile

urlpatterns = [
    path("", profile.profile, name="account_profile"),
    path("identitas/", profile.identity, name="account_identity"),
    path("sesi/keluarkan/", profile.end_session, name="account_end_session"),
    path("masuk/", entrance.sign_in, name="account_login"),
    path("keluar/", entrance.SignOutView.as_view(), name="account_logout"),
    path("daftar/", entrance.RegistrationView.as_view(), name="account_signup"),
    path("nonaktif/", entrance.InactiveView.as_view(), name="account_inactive"),
    path("sandi/", passwords.PasswordChangeView.as_view(), name="account_change_password"),
    path("sandi/lupa/", passwords.PasswordResetView.as_view(), name="account_reset_password"),
    path(
        "sandi/lupa/terkirim/",
        passwords.PasswordResetSentView.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "sandi/lupa/selesai/",
        passwords.NewPasswordDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sandi/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.NewPasswordView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("zona/", profile.choose_zone, name="account_zone"),
    path("email/terkirim/", entrance.verification_sent, name="account_email_verification_sent"),
    path("email/kirim-ulang/", profile.resend_confirmation, name="account_resend_confirmation"),
    re_path(
        r"^email/konfirmasi/(?P<key>[-:\w]+)/$",
        passwords.EmailConfirmationView.as_view(),
        name="account_confirm_email",
    ),
]
