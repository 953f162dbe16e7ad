"""Whole numbers as they come in addresses and forms."""


def whole_number(text: str, *, digits: int) -> int | None:
    """Return the number that a text of one to `digits` plain digits writes; None for any other.

    `int` alone would also read signs, blanks, underscores and the digits of other scripts.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
