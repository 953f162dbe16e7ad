"""How answers are scored; one function per kind of question."""

from tenant_apps.sittings.models import PaperItem


def is_right(item: PaperItem) -> bool:
    """Say whether the saved answer is right (single choice: the one right option)."""
    return bool(item.answer) and item.answer == item.key["right"]
