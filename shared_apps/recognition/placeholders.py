"""Texts of a certificate with names in braces: {nama}, {program}. Nothing is ever executed."""

import re
from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.recognition.errors import TemplateRefused

#: The names that texts of a certificate may use, and what each stands for.
NAMES = {
    "nama": gettext_lazy("nama penerima"),
    "nip": gettext_lazy("NIP atau NI PPPK penerima"),
    "instansi": gettext_lazy("instansi penerima"),
    "pangkat": gettext_lazy("pangkat dan golongan penerima"),
    "jabatan": gettext_lazy("jabatan penerima"),
    "unit": gettext_lazy("unit kerja penerima"),
    "program": gettext_lazy("judul program"),
    "jp": gettext_lazy("JP dengan angka"),
    "jp_huruf": gettext_lazy("JP dengan huruf"),
    "angkatan": gettext_lazy("angkatan kelas"),
    "mulai": gettext_lazy("tanggal mulai"),
    "selesai": gettext_lazy("tanggal selesai"),
    "tempat": gettext_lazy("tempat pelaksanaan"),
    "penyelenggara": gettext_lazy("nama penyelenggara"),
}
_BRACED = re.compile(r"\{([^{}]*)\}")


def check(text: str, names: Collection[str] = frozenset(NAMES), *, field: str = "") -> None:
    """Raise TemplateRefused when a text uses an unknown name or a lone brace."""
    unknown = [name for name in _BRACED.findall(text) if name not in names]
    known = ", ".join(f"{{{name}}}" for name in sorted(names))
    if unknown:
        raise TemplateRefused(
            _("{name} tidak dikenal. Yang dapat dipakai: {known}.").format(
                name="{" + unknown[0][:40] + "}", known=known
            ),
            field=field,
        )
    if set("{}") & set(_BRACED.sub("", text)):
        raise TemplateRefused(
            _("Ada kurung kurawal tanpa pasangan. Yang dapat dipakai: {known}.").format(
                known=known
            ),
            field=field,
        )


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with names replaced once; values are never read as text with names."""
    return _BRACED.sub(lambda match: values.get(match[1], ""), text)
