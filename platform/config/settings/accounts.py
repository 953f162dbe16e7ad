"""Accounts on django-allauth: one national account, sign-in by NIP or e-mail."""

from config import env
from config.env import ROOT

BASE_DOMAIN = env.text("BASE_DOMAIN", "lintas.localhost")
# Where browsers reach the portal: scheme and port go into links of mails and redirects.
PUBLIC_SCHEME = env.text("PUBLIC_SCHEME", "http" if env.flag("DEMO") else "https")
PUBLIC_PORT = env.text("PUBLIC_PORT", env.text("PORT", "8000") if env.flag("DEMO") else "")

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "shared_apps.accounts.backends.NipOrEmailBackend",
    "shared_apps.access.backends.RoleBackend",
    "guardian.backends.ObjectPermissionBackend",
]
LOGIN_URL = "/akun/masuk/"
LOGIN_REDIRECT_URL = "/saya/"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "shared_apps.accounts.passwords.OwnDataValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "shared_apps.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "shared_apps.accounts.forms.SignInForm",
    "signup": "shared_apps.accounts.forms.RegistrationForm",
    "change_password": "shared_apps.accounts.forms.PasswordChangeForm",
    "reset_password": "shared_apps.accounts.forms.PasswordResetForm",
    "reset_password_from_key": "shared_apps.accounts.forms.NewPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Registration and sign-in keep their own counts (shared_apps.accounts.throttle), because whole
# offices share one address; allauth counts only what sends mail.
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": False,
    "signup": False,
    "reset_password": "600/10m/ip,5/h/key",
    "confirm_email": "1/3m/key",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC_SCHEME

# Guardian: rights on one object only; no anonymous account, no patched user model.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

LANGUAGE_CODE = "id"
# Each language under its own name, so that its speakers find it.
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [ROOT / "platform" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
