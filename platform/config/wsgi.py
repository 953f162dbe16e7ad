"""WSGI entry point for gunicorn."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (str(ROOT), str(ROOT / "platform")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  (the paths come first)

application = get_wsgi_application()
