"""The one registry that turns an event's verb into a sentence."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "rules.value_set": _("mengubah nilai aturan"),
    "account.registered": _("mendaftarkan akun"),
    "account.session_ended": _("mengakhiri sesi di perangkat lain"),
    "identity.redeclared": _("menyatakan ulang nomor atau instansi"),
    "identity.confirmed": _("mengonfirmasi identitas"),
    "identity.rejected": _("menolak identitas"),
    "employees.imported": _("mengimpor data pegawai"),
    "employee.added": _("menambah pegawai"),
    "employee.changed": _("mengubah data pegawai"),
    "employee.left": _("mencatat pegawai yang keluar"),
    "unit.changed": _("mengubah unit kerja"),
    "role.granted": _("memberi peran"),
    "role.withdrawn": _("mencabut peran"),
    "content.imported": _("mengimpor paket materi"),
    "question.saved": _("menyimpan soal"),
    "question.retired": _("menarik soal"),
    "question.restored": _("memakai kembali soal"),
    "category.saved": _("menyimpan kategori soal"),
    "category.deleted": _("menghapus kategori soal"),
    "enrolment.started": _("mulai belajar topik"),
    "sitting.started": _("mulai mengerjakan tes"),
    "sitting.submitted": _("mengumpulkan tes"),
    "certificate.issued": _("menerbitkan sertifikat"),
    "certificate.revoked": _("mencabut sertifikat"),
    "certificate.downloaded": _("mengunduh sertifikat"),
}
