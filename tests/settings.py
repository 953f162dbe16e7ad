"""The product's settings with what tests may not touch replaced: folders, hashing, file names."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config.settings import *  # noqa: F403

_folder = Path(tempfile.mkdtemp(prefix="lintas-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

MEDIA_ROOT = _folder / "media"
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir()
# Names of static files without hashes: browser tests run the product's own settings.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
