"""Items of the navigation, on the portal and on tenants."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NavItem:
    """One link; `permission` or `signed_in` say who sees it, `on_portal` that it lives there."""

    path: str
    label: str | Promise
    icon: str
    permission: str = ""
    signed_in: bool = False
    on_portal: bool = False


NAVIGATION: dict[str | None, tuple[NavItem, ...]] = {
    None: (
        NavItem("/", _("Beranda"), "home"),
        NavItem("/katalog/", _("Katalog"), "book"),
        NavItem("/regulasi/", _("Regulasi"), "list"),
        NavItem("/saya/", _("Belajar saya"), "user", signed_in=True),
        NavItem("/lan/", _("Halaman LAN"), "chart", permission="national.view"),
    ),
    "tenant": (
        NavItem("/", _("Beranda"), "home"),
        NavItem("/topik/", _("Topik"), "book"),
        NavItem("/kelas/", _("Kelas"), "list"),
        NavItem("/saya/", _("Belajar saya"), "user", signed_in=True, on_portal=True),
        NavItem("/kelola/", _("Kelola"), "building", permission="workspace.view"),
    ),
}
