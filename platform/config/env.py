"""The only module that reads the environment: typed, with one clear sentence per mistake."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent


def text(name: str, default: str = "") -> str:
    """Return the variable as text; an empty value counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return the variable as yes/no; `1 true yes on` mean yes, `0 false no off` mean no."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes (1) nor no (0).")


def whole(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from error


def names(name: str) -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str, default: str) -> Path:
    """Return a folder; a relative one is taken from the project's root."""
    path = Path(text(name, default))
    return path if path.is_absolute() else ROOT / path


def secret(name: str) -> str:
    """Return a secret from NAME or from the file that NAME_FILE points at; empty if neither."""
    value = text(name)
    path = text(f"{name}_FILE")
    if value or not path:
        return value
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: cannot read {path}: {error.strerror}.") from error
