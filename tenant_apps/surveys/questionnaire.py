"""The survey form as printed in the regulation; positions 8 and 9 ask U9 and U8.

The code of the unsur stands with the question, never its position. Wording: SKM form, annex of
Permenpan-RB 14/2017.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenant_apps.surveys.choices import Unsur


@dataclass(frozen=True)
class SurveyQuestion:
    """One question with its four answers, worth 1 to 4 points from left to right."""

    unsur: Unsur
    text: str | Promise
    options: tuple[str | Promise, str | Promise, str | Promise, str | Promise]


QUESTIONS: tuple[SurveyQuestion, ...] = (
    SurveyQuestion(
        Unsur.U1,
        _(
            "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis "
            "pelayanannya?"
        ),
        (_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai")),
    ),
    SurveyQuestion(
        Unsur.U2,
        _("Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?"),
        (_("Tidak mudah"), _("Kurang mudah"), _("Mudah"), _("Sangat mudah")),
    ),
    SurveyQuestion(
        Unsur.U3,
        _("Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?"),
        (_("Tidak cepat"), _("Kurang cepat"), _("Cepat"), _("Sangat cepat")),
    ),
    SurveyQuestion(
        Unsur.U4,
        _("Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?"),
        (_("Sangat mahal"), _("Cukup mahal"), _("Murah"), _("Gratis")),
    ),
    SurveyQuestion(
        Unsur.U5,
        _(
            "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum "
            "dalam standar pelayanan dengan hasil yang diberikan?"
        ),
        (_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai")),
    ),
    SurveyQuestion(
        Unsur.U6,
        _("Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?"),
        (_("Tidak kompeten"), _("Kurang kompeten"), _("Kompeten"), _("Sangat kompeten")),
    ),
    SurveyQuestion(
        Unsur.U7,
        _(
            "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan "
            "dan keramahan?"
        ),
        (
            _("Tidak sopan dan ramah"),
            _("Kurang sopan dan ramah"),
            _("Sopan dan ramah"),
            _("Sangat sopan dan ramah"),
        ),
    ),
    SurveyQuestion(
        Unsur.U9,
        _("Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?"),
        (_("Buruk"), _("Cukup"), _("Baik"), _("Sangat baik")),
    ),
    SurveyQuestion(
        Unsur.U8,
        _("Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?"),
        (
            _("Tidak ada"),
            _("Ada tetapi tidak berfungsi"),
            _("Berfungsi kurang maksimal"),
            _("Dikelola dengan baik"),
        ),
    ),
)


def questions(*, free_service: bool) -> list[SurveyQuestion]:
    """Return the questions to ask; the cost (U4) is not asked for a free service."""
    return [q for q in QUESTIONS if not (free_service and q.unsur == Unsur.U4)]
