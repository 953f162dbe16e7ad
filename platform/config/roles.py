"""All roles on one page: what each is called, where it holds and what it allows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """One role. `on_portal` roles hold on the portal, for tenants that oversee (LAN)."""

    label: str | Promise
    description: str | Promise
    permissions: frozenset[str]
    on_portal: bool = False


#: Each right in words, as the page of roles explains them.
RIGHTS: dict[str, str | Promise] = {
    "workspace.view": _("membuka ruang kerja"),
    "topic.view_all": _("melihat semua topik, juga yang belum terbit"),
    "topic.edit": _("menyusun topik"),
    "topic.review": _("menelaah topik"),
    "topic.publish": _("menerbitkan topik"),
    "question.view": _("melihat bank soal"),
    "question.edit": _("menyusun soal"),
    "essay.mark": _("menilai esai"),
    "offering.view": _("melihat kelas"),
    "offering.manage": _("menyelenggarakan kelas"),
    "attendance.record": _("mencatat kehadiran"),
    "proposal.make": _("mengusulkan peserta"),
    "participant.view": _("melihat peserta"),
    "participant.manage": _("mengatur peserta"),
    "certificate.manage": _("mengatur sertifikat"),
    "result.view": _("melihat hasil belajar"),
    "employee.view": _("melihat data pegawai"),
    "employee.manage": _("mengubah data pegawai"),
    "identity.confirm": _("mengonfirmasi identitas pegawai"),
    "role.manage": _("memberi dan mencabut peran"),
    "tenant.manage": _("mengatur profil, tampilan, struktur, dan pengumuman"),
    "audit.view": _("membaca jejak kegiatan"),
    "regulation.edit": _("mencatat peraturan lokal dan memeriksa rujukan"),
    "national.view": _("melihat angka semua instansi"),
    "regulation.national": _("mencatat register regulasi nasional"),
}

# Everyone who works for the training unit opens the workspace and sees its topics.
_WORKER = frozenset({"workspace.view", "topic.view_all"})

ROLES: dict[str, Role] = {
    "manager": Role(
        _("Pengelola"),
        _("Menjalankan unit pelatihan: materi, kelas, peserta, sertifikat, pegawai, dan peran."),
        _WORKER
        | {
            "topic.edit",
            "topic.review",
            "topic.publish",
            "question.view",
            "question.edit",
            "regulation.edit",
            "essay.mark",
            "offering.view",
            "offering.manage",
            "attendance.record",
            "proposal.make",
            "participant.view",
            "participant.manage",
            "certificate.manage",
            "result.view",
            "employee.view",
            "employee.manage",
            "identity.confirm",
            "role.manage",
            "tenant.manage",
            "audit.view",
        },
    ),
    "author": Role(
        _("Penyusun materi"),
        _("Menyusun topik dan soal serta melihat hasil belajar tanpa data identitas."),
        _WORKER | {"topic.edit", "question.view", "question.edit", "regulation.edit"},
    ),
    "reviewer": Role(
        _("Penelaah"),
        _("Menelaah topik dan soal, lalu menerbitkannya atau mengembalikannya dengan catatan."),
        _WORKER | {"topic.review", "topic.publish", "question.view"},
    ),
    "trainer": Role(
        _("Pengajar"),
        _("Mengajar kelas: melihat pesertanya, mencatat kehadiran, dan menilai esai."),
        _WORKER | {"offering.view", "attendance.record", "participant.view", "essay.mark"},
    ),
    "assessor": Role(
        _("Asesor"),
        _("Menilai jawaban esai dan melihat hasil tes."),
        _WORKER | {"question.view", "essay.mark", "result.view"},
    ),
    "verifier": Role(
        _("Verifikator"),
        _("Mencocokkan data pegawai dan mengonfirmasi identitas pegawai instansi sendiri."),
        frozenset({"workspace.view", "employee.view", "employee.manage", "identity.confirm"}),
    ),
    "leader": Role(
        _("Pimpinan"),
        _("Membaca hasil, kelas, dan jejak kegiatan; tidak mengubah apa pun."),
        _WORKER | {"offering.view", "participant.view", "result.view", "audit.view"},
    ),
    "overseer": Role(
        _("Pengawas nasional"),
        _("Melihat angka semua instansi di halaman LAN dan menjaga register regulasi."),
        frozenset({"national.view", "regulation.national"}),
        on_portal=True,
    ),
}
