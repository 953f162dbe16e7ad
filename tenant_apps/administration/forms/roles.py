"""The form that gives a role."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shared_apps.access import selectors
from tenants.schemas import current_tenant


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field for a date, as browsers ask for one."""
    widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **kwargs)


class RoleForm(forms.Form):
    """Who gets which role, for which days."""

    login = forms.CharField(
        label=_("NIP atau e-mail"),
        help_text=_(
            "NIP pegawai instansi Anda, atau alamat e-mail lengkap orang dari instansi lain."
        ),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=_("Peran"), widget=forms.RadioSelect)
    valid_from = day_field(_("Hari pertama"), help_text=_("Kosongkan bila berlaku sejak sekarang."))
    valid_until = day_field(_("Hari terakhir"), help_text=_("Kosongkan bila tanpa batas."))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        """Offer the roles whose rights `by` has."""
        super().__init__(*args, **kwargs)
        mine = selectors.permissions_of(by, current_tenant())
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (name, role.label)
            for name, role in selectors.roles().items()
            if not role.on_portal and role.permissions <= mine
        ]
