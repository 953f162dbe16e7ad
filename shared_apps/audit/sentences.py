"""The one registry that turns an event's verb into a sentence."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "rules.value_set": _("mengubah nilai aturan"),
    "account.registered": _("mendaftarkan akun"),
    "account.session_ended": _("mengakhiri sesi di perangkat lain"),
    "identity.redeclared": _("menyatakan ulang nomor atau instansi"),
    "identity.confirmed": _("mengonfirmasi identitas"),
    "identity.rejected": _("menolak identitas"),
    "role.granted": _("memberi peran"),
    "role.withdrawn": _("mencabut peran"),
    "content.imported": _("mengimpor paket materi"),
    "enrolment.started": _("mulai belajar topik"),
    "sitting.started": _("mulai mengerjakan tes"),
    "sitting.submitted": _("mengumpulkan tes"),
    "certificate.issued": _("menerbitkan sertifikat"),
    "certificate.revoked": _("mencabut sertifikat"),
    "certificate.downloaded": _("mengunduh sertifikat"),
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
