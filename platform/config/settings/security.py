"""Secrets, cookies, transport and Content-Security-Policy."""

import secrets

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.accounts import BASE_DOMAIN, PUBLIC_PORT, PUBLIC_SCHEME

DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY")
if not SECRET_KEY:
    if not DEMO and not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: give it in the environment or name its file in SECRET_KEY_FILE."
        )
    # A throw-away key: sessions end with the process. `make run` keeps one in DATA_DIR.
    SECRET_KEY = secrets.token_urlsafe(50)

ALLOWED_HOSTS = [
    BASE_DOMAIN,
    f".{BASE_DOMAIN}",
    "127.0.0.1",
    "localhost",
    *env.names("EXTRA_HOSTS"),
]
_secure = PUBLIC_SCHEME == "https"
_port = f":{PUBLIC_PORT}" if PUBLIC_PORT else ""
PORTAL_URL = f"{PUBLIC_SCHEME}://{BASE_DOMAIN}{_port}"

# One session for the portal and every tenant host; the CSRF cookie stays with each host.
SESSION_COOKIE_DOMAIN = BASE_DOMAIN
SESSION_COOKIE_NAME = "lintas_sesi"
SESSION_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_ENGINE = "shared_apps.accounts.session_store"
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_NAME = "lintas_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "toolkit.error_pages.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LANGUAGE_COOKIE_NAME = "lintas_bahasa"
LANGUAGE_COOKIE_DOMAIN = BASE_DOMAIN
LANGUAGE_COOKIE_SECURE = _secure

SECURE_SSL_REDIRECT = _secure and env.flag("SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_HSTS_PRELOAD = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies in front may be believed about the client's address.
TRUSTED_PROXIES = env.whole("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Chromium checks the redirects that follow a form too: a sign-in on the portal ends on
        # a tenant host, a registration starts on one.
        "form-action": [SELF, f"{PORTAL_URL}", f"{PUBLIC_SCHEME}://*.{BASE_DOMAIN}{_port}"],
    }
}
