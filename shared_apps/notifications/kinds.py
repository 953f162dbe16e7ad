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
    "seat.given": Kind(
        label=_("Tempat di kelas"),
        title=_("Anda terdaftar di kelas {title}"),
        text=_("Tempat Anda di kelas {title} sudah pasti. Buka halaman kelas untuk jadwalnya."),
        mail=Delivery.NOW,
    ),
    "seat.moved_up": Kind(
        label=_("Giliran dari daftar tunggu"),
        title=_("Anda mendapat tempat di kelas {title}"),
        text=_(
            "Ada tempat kosong, dan giliran Anda tiba: Anda sekarang terdaftar di kelas {title}."
        ),
        mail=Delivery.NOW,
    ),
    "seat.waiting": Kind(
        label=_("Daftar tunggu"),
        title=_("Anda di daftar tunggu kelas {title}"),
        text=_("Kelas {title} penuh. Anda naik dengan sendirinya begitu ada tempat kosong."),
    ),
    "seat.declined": Kind(
        label=_("Pendaftaran kelas ditolak"),
        title=_("Pendaftaran di kelas {title} tidak diterima"),
        text=_("Penyelenggara tidak menerima pendaftaran Anda di kelas {title}. Catatan: {note}"),
        mail=Delivery.NOW,
    ),
    "seat.removed": Kind(
        label=_("Dikeluarkan dari kelas"),
        title=_("Anda tidak lagi terdaftar di kelas {title}"),
        text=_("Penyelenggara mengeluarkan Anda dari kelas {title}. Catatan: {note}"),
        mail=Delivery.NOW,
    ),
    "offering.called": Kind(
        label=_("Surat panggilan"),
        title=_("Anda dipanggil mengikuti {title}"),
        text=_("Surat panggilan {number} untuk {title} sudah terbit. Kelas mulai {starts_at}."),
        mail=Delivery.NOW,
    ),
    "offering.reminder": Kind(
        label=_("Pengingat kelas"),
        title=_("Kelas {title} segera mulai"),
        text=_("Kelas {title} mulai {starts_at}. Tempat: {place}"),
        mail=Delivery.NOW,
    ),
    "offering.cancelled": Kind(
        label=_("Kelas dibatalkan"),
        title=_("Kelas {title} dibatalkan"),
        text=_("Penyelenggara membatalkan kelas {title}. Alasan: {note}"),
        mail=Delivery.NOW,
    ),
    "proposal.made": Kind(
        label=_("Usulan peserta masuk"),
        title=_("{agency} mengusulkan {count} peserta"),
        text=_("{agency} mengusulkan {count} orang untuk kelas {title} dan menunggu jawaban Anda."),
        mail=Delivery.NOW,
    ),
    "proposal.answered": Kind(
        label=_("Usulan peserta dijawab"),
        title=_("Usulan untuk {title} dijawab"),
        text=_("Penyelenggara menjawab usulan peserta Anda untuk kelas {title}."),
        mail=Delivery.NOW,
    ),
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
    "law.moved": Kind(
        label=_("Peraturan yang Anda rujuk berubah"),
        title=_("{regulation} berubah: periksa {title}"),
        text=_(
            "{title} merujuk {regulation}, yang diubah atau dicabut. Nyatakan masih sesuai, atau"
            " perbarui materinya."
        ),
    ),
    "law.moved_here": Kind(
        label=_("Peraturan yang dirujuk materi berubah"),
        title=_("{regulation} berubah: periksa rujukannya"),
        text=_(
            "Ada materi tanpa pemilik yang merujuk {regulation}, yang diubah atau dicabut. Lihat"
            " daftarnya di ruang kerja."
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
    "topic.submitted": Kind(
        label=_("Topik menunggu ditelaah"),
        title=_("{title} menunggu ditelaah"),
        text=_("Versi {version} diajukan. Baca, lalu terbitkan atau kembalikan dengan catatan."),
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
