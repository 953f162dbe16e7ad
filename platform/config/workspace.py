"""The rooms of the training unit's workspace (`/kelola/`), as its side navigation lists them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Room:
    """One page of the workspace; only who has the permission sees the link."""

    path: str
    label: str | Promise
    permission: str


@dataclass(frozen=True)
class Wing:
    """Rooms under one heading."""

    label: str | Promise
    rooms: tuple[Room, ...]


WORKSPACE: tuple[Wing, ...] = (
    Wing(
        "",
        (
            Room("/kelola/", _("Ringkasan"), "workspace.view"),
            Room("/kelola/pekerjaan/", _("Pekerjaan"), "workspace.view"),
        ),
    ),
    Wing(
        _("Materi"),
        (
            Room("/kelola/topik/", _("Topik"), "topic.view_all"),
            Room("/kelola/jalur/", _("Jalur belajar"), "topic.view_all"),
            Room("/kelola/soal/", _("Bank soal"), "question.view"),
            Room("/kelola/esai/", _("Penilaian esai"), "essay.mark"),
        ),
    ),
    Wing(
        _("Pengetahuan"),
        (
            Room("/kelola/rujukan/", _("Rujukan peraturan"), "workspace.view"),
            Room("/kelola/regulasi/", _("Peraturan lokal"), "regulation.edit"),
        ),
    ),
    Wing(
        _("Penyelenggaraan"),
        (
            Room("/kelola/kelas/", _("Kelas"), "offering.view"),
            Room("/kelola/usulan/", _("Usulan peserta"), "proposal.make"),
            Room("/kelola/sertifikat/", _("Sertifikat"), "certificate.manage"),
        ),
    ),
    Wing(
        _("Hasil"),
        (
            Room("/kelola/peserta/", _("Peserta"), "participant.view"),
            Room("/kelola/hasil/", _("Hasil belajar"), "result.view"),
            Room("/kelola/kepuasan/", _("Kepuasan (IKM)"), "result.view"),
        ),
    ),
    Wing(
        _("Pegawai"),
        (
            Room("/kelola/pegawai/", _("Data pegawai"), "employee.view"),
            Room("/kelola/identitas/", _("Konfirmasi identitas"), "identity.confirm"),
        ),
    ),
    Wing(
        _("Unit pelatihan"),
        (
            Room("/kelola/pengumuman/", _("Pengumuman"), "tenant.manage"),
            Room("/kelola/peran/", _("Peran"), "role.manage"),
            Room("/kelola/profil/", _("Profil dan tampilan"), "tenant.manage"),
            Room("/kelola/struktur/", _("Struktur Corpu"), "tenant.manage"),
            Room("/kelola/jejak/", _("Jejak kegiatan"), "audit.view"),
        ),
    ),
)
