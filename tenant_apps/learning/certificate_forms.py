"""The fields that say how certificates of a topic or class look and are numbered."""

import uuid
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.recognition import selectors as certificates
from tenants.schemas import current_tenant


class TemplateField(forms.TypedChoiceField):
    """One of the tenant's templates; cleans to its id, or to None where the choice is left."""

    def __init__(self, *, empty: str | Promise, **options: Any) -> None:
        self._empty = empty
        super().__init__(
            label=gettext_lazy("Templat sertifikat"),
            required=False,
            coerce=uuid.UUID,
            empty_value=None,
            **options,
        )

    def offer(self, kept: uuid.UUID | None) -> None:
        """Fill the choices; an archived template that is `kept` can stay."""
        choices = [
            (str(each.pk), each.name) for each in certificates.templates_of(current_tenant())
        ]
        if kept is not None and str(kept) not in dict(choices):
            name = certificates.template_names(current_tenant()).get(kept, "")
            label = _("{name} (diarsipkan, tidak dipakai)").format(name=name)
            choices.append((str(kept), label))
        self.choices = [("", self._empty), *choices]


def code_field() -> forms.RegexField:
    """Return the field of {kode_topik}."""
    return forms.RegexField(
        label=gettext_lazy("Kode topik di nomor sertifikat"),
        regex=r"^[A-Z0-9]{1,8}$",
        required=False,
        error_messages={"invalid": gettext_lazy("Pakai 1 sampai 8 huruf besar atau angka.")},
        help_text=gettext_lazy("Untuk pola nomor dengan {kode_topik}. Kosong: huruf awal judul."),
    )
