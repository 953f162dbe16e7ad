"""The one registry of kinds of notices: what each is called and how it reads."""

import datetime
import string
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared_apps.access.selectors import label_of
from shared_apps.notifications.choices import Delivery
from toolkit import indonesian


@dataclass(frozen=True)
class Kind:
    """One kind of notice; `title` and `text` take the notice's data by name.

    They are formatted when somebody reads, in the reader's language. A value whose name ends in
    `_on` is a date (`2026-11-22`) and one in `_at` a moment with its offset: both are written as
    screens write them; `role` is a role by its code. `mail` holds until the person chooses
    otherwise.
    """

    label: str | Promise
    title: str | Promise
    text: str | Promise
    mail: Delivery = Delivery.DAILY

    def names(self) -> set[str]:
        """Return the names of the data that the texts need."""
        return {
            name
            for text in (self.title, self.text)
            for _literal, name, _spec, _conversion in string.Formatter().parse(str(text))
            if name
        }

    def words(self, data: dict[str, Any], zone: str = "") -> tuple[str, str]:
        """Return title and text with the data filled in; what an old row lacks reads `–`."""
        shown = dict.fromkeys(self.names(), "–")
        shown.update({name: _shown(name, value, zone) for name, value in data.items()})
        return str(self.title).format_map(shown), str(self.text).format_map(shown)


def _shown(name: str, value: Any, zone: str) -> str:
    if name.endswith("_on"):
        return indonesian.date_long(datetime.date.fromisoformat(str(value)))
    if name.endswith("_at"):
        return indonesian.date_time(datetime.datetime.fromisoformat(str(value)), zone)
    if name == "role":
        return label_of(str(value))
    return str(value)


# By area; a key is `<thing>.<what happened>`.
KINDS: dict[str, Kind] = {
    "announcement": Kind(
        label=_("Pengumuman"),
        title="{title}",
        text="{text}",
    ),
    "certificate.revoked": Kind(
        label=_("Sertifikat dicabut"),
        title=_("Sertifikat dicabut: {title}"),
        text=_(
            "{provider} mencabut sertifikat {number}; JP-nya tidak dihitung lagi. Alasan: {reason}"
        ),
        mail=Delivery.NOW,
    ),
    "certificate.reissued": Kind(
        label=_("Sertifikat diterbitkan ulang"),
        title=_("Sertifikat diperbaiki: {title}"),
        text=_(
            "{provider} menerbitkan ulang sertifikat Anda dengan nomor {number}. Pakai yang baru;"
            " yang lama tidak berlaku lagi."
        ),
    ),
    "essay.marked": Kind(
        label=_("Hasil tes dengan esai"),
        title=_("Esai Anda sudah dinilai: {title}"),
        text=_("Semua esai Anda di topik {title} sudah dinilai. Lihat hasil tesnya."),
        mail=Delivery.NOW,
    ),
    "role.granted": Kind(
        label=_("Peran Anda"),
        title=_("Anda menjadi {role}"),
        text=_("Penyelenggara memberi Anda peran {role}. Ruang kerja terbuka untuk Anda."),
        mail=Delivery.NOW,
    ),
    "topic.returned": Kind(
        label=_("Topik dikembalikan penelaah"),
        title=_("{title} dikembalikan dengan catatan"),
        text=_("Baca catatan penelaah pada versi {version}, perbaiki, lalu ajukan lagi."),
        mail=Delivery.NOW,
    ),
    "topic.published": Kind(
        label=_("Topik diterbitkan"),
        title=_("{title} terbit"),
        text=_("Versi {version} kini dipelajari peserta baru."),
    ),
    "topic.shared": Kind(
        label=_("Topik untuk disusun bersama"),
        title=_("Anda ikut menyusun {title}"),
        text=_("Pemilik topik menjadikan Anda penyusun bersama. Bukalah topiknya di ruang kerja."),
        mail=Delivery.NOW,
    ),
    "role.withdrawn": Kind(
        label=_("Peran Anda dicabut"),
        title=_("Peran {role} Anda dicabut"),
        text=_("Anda tidak lagi menjadi {role} pada penyelenggara ini."),
        mail=Delivery.NOW,
    ),
    "role.ending": Kind(
        label=_("Peran Anda segera berakhir"),
        title=_("Peran {role} Anda berakhir {until_on}"),
        text=_("Bila masih diperlukan, mintalah pengelola memperpanjangnya sebelum hari itu."),
    ),
    "role.ending_of": Kind(
        label=_("Peran orang lain segera berakhir"),
        title=_("Peran {role} {name} berakhir {until_on}"),
        text=_("Perpanjang peran itu bila masih diperlukan."),
    ),
}
