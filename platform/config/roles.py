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


ROLES: dict[str, Role] = {
    "manager": Role(
        _("Pengelola"),
        _("Menjalankan unit pelatihan: materi, peserta, dan konfirmasi identitas pegawai."),
        frozenset(
            {
                "workspace.view",
                "topic.view_all",
                "participant.view",
                "identity.confirm",
            }
        ),
    ),
    "author": Role(
        _("Penyusun materi"),
        _("Menyusun topik dan melihat hasil belajar tanpa data identitas."),
        frozenset({"workspace.view", "topic.view_all"}),
    ),
    "overseer": Role(
        _("Pengawas nasional"),
        _("Melihat angka semua instansi di halaman LAN."),
        frozenset({"national.view"}),
        on_portal=True,
    ),
}
