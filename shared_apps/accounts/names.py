"""Names of persons as certificates print them."""

import re
import unicodedata

from django.utils.translation import gettext as _

from shared_apps.accounts.errors import RegistrationRefused

# Letters that the certificate's typefaces have: Latin ones, composed with their accents.
_LETTER = r"A-Za-zÀ-ÖØ-öø-ňŊ-ɏḀ-ẛẞẠ-ỹ"
_USABLE = re.compile(rf"[{_LETTER}0-9 .,'’‘ʻʼ`´()/&·-]*")


def clean_name(text: str) -> str:
    """Return a name with single blanks and composed accents.

    Raises RegistrationRefused for letters that a certificate cannot print and for signs that
    steer text (direction marks, control characters): they could show another name on a page
    than stands in the ledger.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not _USABLE.fullmatch(name) or not re.search(f"[{_LETTER}]", name):
        raise RegistrationRefused(
            _(
                "Tulis nama dengan huruf Latin. Selain huruf hanya spasi, angka, dan tanda "
                "seperti . , ' - ( ) yang dapat dipakai."
            ),
            field="name",
        )
    return name
