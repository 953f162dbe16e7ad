"""Names that certificates can print, and that cannot pass for others."""

from typing import Any

import pytest

from shared_apps.accounts.errors import RegistrationRefused
from shared_apps.accounts.names import clean_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Ayu   Lestari,\tS.Kom. ", "Ayu Lestari, S.Kom."),
        ("Dr. Ir. H. Ma’ruf (Amin) O'Brien-Šimić", "Dr. Ir. H. Ma’ruf (Amin) O'Brien-Šimić"),
        ("Zoe\u0308 Ñoñé Nguyễn", "Zoë Ñoñé Nguyễn"),
        ("Budi, S.Tr.IP. (Angkatan 25)", "Budi, S.Tr.IP. (Angkatan 25)"),
        ("N", "N"),
    ],
)
def test_real_names_pass(text: str, name: str) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '" onmouseover="x"',
        "Ayu \u202eAB gpj.exe\u202c Budi",
        "\u0338 style=color:red Ayu",
        "a\u0301\u0301\u0301",
        "Ayu 😀",
        "Ayu\u200bLestari",
        "Ayu\x08Lestari",
        "\ue000n\ue001",
        "=HYPERLINK(1)",
        "http://contoh.test",
        "李小龍",
        "مريم",
        "Аyu",
        "...",
        "",
    ],
)
def test_names_that_mislead_or_cannot_be_printed_are_refused(text: str) -> None:
    with pytest.raises(RegistrationRefused) as refused:
        clean_name(text)
    assert refused.value.field == "name"


def test_every_allowed_letter_is_in_the_certificate_s_typefaces() -> None:
    from reportlab.pdfbase.ttfonts import TTFontFile

    from shared_apps.accounts.names import _USABLE
    from shared_apps.recognition.documents import ASSETS

    letters = {chr(point) for point in range(0x21, 0x3000) if _USABLE.fullmatch(chr(point))}
    for font in (ASSETS / "fonts").glob("*.ttf"):
        glyphs = TTFontFile(str(font)).charToGlyph
        assert not sorted(letter for letter in letters if ord(letter) not in glyphs), font.name


def test_the_form_says_so_at_its_field(portal_client: Any, db: None) -> None:
    page = portal_client.post("/akun/daftar/", {"name": "Ayu \u202e Lestari"}).content.decode()
    assert "huruf Latin" in page
