"""Codes of certificates: 12 characters of Crockford's base 32, shown as XXXX-XXXX-XXXX."""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
# Letters that people read for a digit; Crockford's alphabet has none of them.
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return a random code (60 bits) with its hyphens."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def normalise_code(text: str) -> str:
    """Return the code that a person meant by what they typed; empty if it cannot be one.

    Blanks, hyphens and case do not matter; O is read as 0, I and L as 1.
    """
    letters = "".join(c for c in text.upper() if not c.isspace() and c not in "-–—_.")
    letters = letters.translate(_LOOKALIKES)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return ""
    return _grouped(letters)


def fold(text: str) -> str:
    """Return the letters and digits of any code or number, in upper case: `B-12/a` gives B12A.

    Earlier certificates are looked up by it, whatever stands between their letters.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in plain if c.isalnum())[:120]


def _grouped(letters: str) -> str:
    return "-".join(letters[i : i + 4] for i in range(0, LENGTH, 4))
