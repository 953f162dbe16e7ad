"""The one registry that turns an event's verb into a sentence."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# What somebody did. The thing follows at the end, or stands where `{thing}` is; values of the
# event's data can be named too.
SENTENCES = {
    "rules.value_set": _("mengubah nilai aturan"),
    "account.registered": _("mendaftarkan akun"),
    "account.session_ended": _("mengakhiri sesi di perangkat lain"),
    "identity.redeclared": _("menyatakan ulang nomor atau instansi"),
    "identity.confirmed": _("mengonfirmasi identitas"),
    "identity.rejected": _("menolak identitas"),
    "employees.imported": _("mengimpor data pegawai"),
    "employees.plan_discarded": _("membuang rencana impor data pegawai"),
    "employee.added": _("menambah pegawai"),
    "employee.changed": _("mengubah data pegawai"),
    "employee.left": _("mencatat pegawai yang keluar"),
    "unit.changed": _("mengubah unit kerja"),
    "topic.created": _("membuat topik"),
    "topic.archived": _("mengarsipkan topik"),
    "topic.restored": _("memulihkan topik dari arsip"),
    "version.opened": _("membuka draf versi baru"),
    "version.saved": _("mengubah isian draf"),
    "version.discarded": _("membuang draf"),
    "version.submitted": _("mengajukan draf untuk ditelaah"),
    "version.taken_back": _("menarik draf dari penelaahan"),
    "version.returned": _("mengembalikan draf dengan catatan"),
    "version.published": _("menerbitkan versi"),
    "section.added": _("menambah bagian materi"),
    "section.deleted": _("menghapus bagian materi"),
    "file.stored": _("mengunggah berkas materi"),
    "file.removed": _("menghapus berkas materi"),
    "path.saved": _("menyimpan jalur belajar"),
    "path.published": _("menerbitkan jalur belajar"),
    "path.archived": _("mengarsipkan jalur belajar"),
    "role.granted": _("memberi peran {role} kepada {thing}"),
    "role.withdrawn": _("mencabut peran {role} dari {thing}"),
    "tenant.profile_saved": _("mengubah profil penyelenggara"),
    "tenant.look_saved": _("mengubah warna atau logo"),
    "structure.saved": _("menyimpan struktur Corpu {thing}"),
    "structure.removed": _("menghapus dari struktur Corpu {thing}"),
    "topic.co_author_named": _("menamai penyusun bersama topik"),
    "topic.co_author_removed": _("melepas penyusun bersama topik"),
    "announcement.written": _("menulis pengumuman"),
    "announcement.changed": _("mengubah pengumuman"),
    "announcement.withdrawn": _("menarik pengumuman"),
    "content.exported": _("mengekspor paket materi"),
    "content.imported": _("mengimpor paket materi"),
    "question.saved": _("menyimpan soal"),
    "questions.imported": _("mengimpor soal dari {file}"),
    "questions.exported": _("mengekspor soal"),
    "question.retired": _("menarik soal"),
    "question.restored": _("memakai kembali soal"),
    "category.saved": _("menyimpan kategori soal"),
    "category.deleted": _("menghapus kategori soal"),
    "blueprint.saved": _("menyimpan kisi-kisi tes"),
    "blueprint.deleted": _("menghapus kisi-kisi tes"),
    "blueprint.attached": _("menetapkan kisi-kisi sebuah tes"),
    "time_extension.given": _("memberi waktu tambahan tes"),
    "time_extension.withdrawn": _("mencabut waktu tambahan tes"),
    "essay.marked": _("menilai esai"),
    "enrolment.started": _("mulai belajar topik"),
    "sitting.started": _("mulai mengerjakan tes"),
    "pre_test.passed_over": _("melanjutkan tanpa pre-test yang sudah ditutup"),
    "sitting.submitted": _("mengumpulkan tes"),
    "regulation.added": _("menambah peraturan {regulation}"),
    "regulation.changed": _("mengubah catatan peraturan {regulation}"),
    "regulation.checked": _("memeriksa peraturan {regulation}"),
    "regulation.related": _("mencatat hubungan {regulation} dengan {target}"),
    "regulation.unrelated": _("menghapus hubungan {regulation} dengan {target}"),
    "regulation.status_changed": _("mengubah status peraturan {regulation}"),
    "citation.confirmed": _("memastikan rujukan peraturan masih sesuai"),
    "certificate.issued": _("menerbitkan sertifikat"),
    "certificate.revoked": _("mencabut sertifikat"),
    "certificate.downloaded": _("mengunduh sertifikat"),
    "offering.made": _("membuat kelas"),
    "offering.changed": _("mengubah kelas"),
    "offering.opened": _("membuka pendaftaran kelas"),
    "offering.started": _("memulai kelas"),
    "offering.closed": _("menutup kelas"),
    "offering.cancelled": _("membatalkan kelas"),
    "session.saved": _("menyimpan sesi kelas"),
    "session.removed": _("menghapus sesi kelas"),
    "seat.applied": _("mendaftar di kelas"),
    "seat.given": _("memberi tempat di kelas"),
    "seat.moved_up": _("menaikkan peserta dari daftar tunggu"),
    "seat.declined": _("menolak pendaftaran kelas"),
    "seat.withdrawn": _("membatalkan kepesertaan kelas"),
    "seats.assigned": _("menetapkan peserta kelas"),
    "attendance.recorded": _("mencatat kehadiran"),
    "attendance.imported": _("mengimpor daftar hadir"),
    "proposal.made": _("mengusulkan peserta"),
    "proposal.withdrawn": _("menarik usulan peserta"),
    "proposal.answered": _("menjawab usulan peserta"),
    "letter.issued": _("menerbitkan surat panggilan"),
    "calendar.renewed": _("memperbarui alamat kalender"),
    "calendar.removed": _("menghapus alamat kalender"),
    "certificate.reissued": _("menerbitkan ulang sertifikat"),
    "certificate.bundled": _("mengunduh banyak sertifikat sekaligus"),
    "certificate_template.created": _("membuat templat sertifikat"),
    "certificate_template.changed": _("mengubah templat sertifikat"),
    "certificate_template.made_default": _("menjadikan templat sertifikat bawaan"),
    "certificate_template.archived": _("mengarsipkan templat sertifikat"),
    "certificate_template.restored": _("memulihkan templat sertifikat dari arsip"),
    "earlier_certificate.uploaded": _("mengunggah sertifikat lama"),
    "earlier_certificate.withdrawn": _("menarik sertifikat lama"),
}

# Kinds of things, for the filter of the trail.
KINDS = {
    "account": _("Orang"),
    "topic": _("Topik"),
    "path": _("Jalur belajar"),
    "question": _("Soal"),
    "question_import": _("Impor soal"),
    "category": _("Kategori soal"),
    "sitting": _("Tes"),
    "blueprint": _("Kisi-kisi tes"),
    "offering": _("Kelas"),
    "proposal": _("Usulan peserta"),
    "certificate": _("Sertifikat"),
    "certificate_template": _("Templat sertifikat"),
    "earlier_certificate": _("Sertifikat lama"),
    "letter": _("Surat panggilan"),
    "staff_import": _("Impor pegawai"),
    "employee": _("Pegawai"),
    "unit": _("Unit kerja"),
    "tenant": _("Penyelenggara"),
    "academy": _("Akademi"),
    "corpu_role": _("Struktur Corpu"),
    "announcement": _("Pengumuman"),
    "job": _("Pekerjaan"),
    "regulation": _("Peraturan"),
    "rule": _("Aturan"),
}


class _Gaps(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "–"


def phrase(verb: str, data: dict[str, Any], thing: str) -> str:
    """Return what was done to what: `memberi peran Penelaah kepada Made`.

    A verb that is no longer known, of an old row, stands as it is.
    """
    text = str(SENTENCES.get(verb, verb))
    if "{" not in text:
        return f"{text} {thing}".strip()
    return text.format_map(_Gaps({**data, "thing": thing}))
