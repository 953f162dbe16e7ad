#!/usr/bin/env python
"""Command-line entry point: puts the two import roots in place and hands over to Django."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `platform/` is a folder on the import path, never a package: a package of that name would
# shadow Python's own `platform` module.
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
