"""Templates, static files and uploaded files."""

from config import env
from config.env import ROOT

DATA_DIR = env.folder("DATA_DIR", "var")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "platform" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shared_apps.access.context.page_frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "toolkit.templatetags.icons",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "platform" / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "toolkit.static_files.StaticStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Bytes of one form with its files; a certificate has 40 kB.
UPLOAD_LIMIT = 10 * 1024 * 1024
# The same for who works in a training unit, on the pages of its workspace: films and packs.
WORKSPACE_UPLOAD_LIMIT = 260 * 1024 * 1024
UPLOAD_LIMIT_OF = "shared_apps.access.uploads.limit_of"
FILE_UPLOAD_HANDLERS = [
    "toolkit.uploads.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
