"""The columns of a staff file, and an empty file to fill in."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.employees.choices import (
    PNS_GRADES,
    PPPK_GRADES,
    PostKind,
    StaffKind,
    Standing,
)
from toolkit import sheets
from toolkit.sheets import Column


def columns() -> list[Column]:
    """Return the columns; headers are understood in Indonesian and English."""
    return [
        Column(
            "number",
            gettext_lazy("NIP/NI PPPK"),
            required=True,
            help=gettext_lazy(
                "18 angka, disimpan sebagai teks. Kosongkan hanya pada baris yang menambah unit "
                "kerja tanpa pegawai."
            ),
            also=("nip", "ni pppk", "nip baru", "nomor"),
        ),
        Column(
            "name",
            gettext_lazy("Nama"),
            required=True,
            help=gettext_lazy("Nama lengkap, boleh dengan gelar."),
            also=("nama", "name", "nama pegawai", "nama lengkap"),
        ),
        Column(
            "unit",
            gettext_lazy("Kode unit"),
            help=gettext_lazy("Kode unit kerja yang tetap sama setiap kali mengimpor."),
            also=("kode unit", "kode unit kerja", "unit code"),
        ),
        Column(
            "unit_name",
            gettext_lazy("Nama unit"),
            help=gettext_lazy("Unit yang belum ada ditambahkan; nama yang berbeda menggantinya."),
            also=("nama unit", "unit kerja", "nama unit kerja", "unit name"),
        ),
        Column(
            "unit_parent",
            gettext_lazy("Kode unit induk"),
            help=gettext_lazy("Unit di atasnya. Kosong berarti tidak mengubah susunan."),
            also=("kode unit induk", "kode induk", "parent unit code"),
        ),
        Column(
            "post",
            gettext_lazy("Jabatan"),
            help=gettext_lazy("Nama jabatan."),
            also=("jabatan", "nama jabatan", "post"),
        ),
        Column(
            "post_kind",
            gettext_lazy("Jenis jabatan"),
            help=gettext_lazy("Struktural, fungsional, rangkap, atau pelaksana."),
            choices=[str(kind.label) for kind in PostKind],
            also=("jenis jabatan", "kind of post"),
        ),
        Column(
            "grade",
            gettext_lazy("Golongan"),
            help=gettext_lazy("I/a sampai IV/e untuk PNS; I sampai XVII untuk PPPK."),
            choices=[*(grade for grade, _id, _rank in PNS_GRADES), *PPPK_GRADES],
            also=("golongan", "gol", "golongan ruang", "grade"),
        ),
        Column(
            "superior_number",
            gettext_lazy("NIP atasan langsung"),
            help=gettext_lazy("Nomor atasan; boleh pegawai instansi lain."),
            also=("nip atasan langsung", "nip atasan", "atasan", "superior's number"),
        ),
        Column(
            "kind",
            gettext_lazy("Status kepegawaian"),
            help=gettext_lazy("Kosong berarti dibaca dari nomornya: PNS atau PPPK."),
            choices=[str(kind.label) for kind in StaffKind],
            also=("status kepegawaian", "status", "kind of employment"),
        ),
        Column(
            "standing",
            gettext_lazy("Kedudukan hukum"),
            help=gettext_lazy("Kosong berarti aktif untuk pegawai baru."),
            choices=[str(standing.label) for standing in Standing],
            also=("kedudukan hukum", "legal position"),
        ),
    ]


def template_file() -> bytes:
    """Return the file to fill in, with dropdowns and two example rows."""
    example = _("Contoh: hapus baris ini")
    unit, parent = "SET", "SET.1"
    return sheets.template(
        columns(),
        [
            ["199001012015042001", example, unit, _("Sekretariat"), "", _("Sekretaris"),
             str(PostKind.STRUCTURAL.label), "IV/a", "", "PNS", str(Standing.ACTIVE.label)],
            ["199501012023211001", example, parent, _("Bagian Umum"), unit, _("Pranata Komputer"),
             str(PostKind.FUNCTIONAL.label), "IX", "199001012015042001", "PPPK",
             str(Standing.ACTIVE.label)],
        ],
    )  # fmt: skip
