"""One door for writing files of questions, and what each format cannot carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import gift_write, sheet_write, xml_write
from tenant_apps.question_bank.items import QuestionItem


@dataclass(frozen=True)
class FileForm:
    """One format that questions can be written in."""

    key: str
    label: str | Promise
    ending: str


FORMS = (
    FileForm("sheet", gettext_lazy("XLSX (lembar kerja, sama dengan templat impor)"), ".xlsx"),
    FileForm("gift", gettext_lazy("GIFT (teks)"), ".gift"),
    FileForm("moodle_xml", gettext_lazy("Moodle XML (dengan gambar)"), ".xml"),
)


def form_of(key: str) -> FileForm:
    """Return a format by its key; raises KeyError."""
    return {form.key: form for form in FORMS}[key]


def write(path: Path, form: str, items: Sequence[QuestionItem]) -> list[str]:
    """Write the questions to a file; returns sentences about what the format cannot carry."""
    if form == "sheet":
        sheet_write.write(path, items)
    elif form == "gift":
        with path.open("w", encoding="utf-8", newline="\n") as text:
            text.writelines(gift_write.write(items))
    else:
        with path.open("wb") as file:
            file.writelines(xml_write.write(items))
    return _losses(form, items)


def _losses(form: str, items: Sequence[QuestionItem]) -> list[str]:
    found = []
    pictured = sum(bool(item.images) for item in items)
    if pictured and form != "moodle_xml":
        found.append(
            ngettext(
                "{count} soal bergambar: gambarnya tidak ikut. Pakai Moodle XML bila perlu.",
                "{count} soal bergambar: gambarnya tidak ikut. Pakai Moodle XML bila perlu.",
                pictured,
            ).format(count=pictured)
        )
    weighted = sum(item.kind == QuestionKind.WEIGHTED for item in items)
    if weighted and form != "sheet":
        found.append(
            _(
                "{count} soal berbobot ditulis sebagai pilihan tunggal dengan persen; "
                "di sini terbaca kembali sebagai soal berbobot."
            ).format(count=weighted)
        )
    essays = sum(bool(item.rubric or item.guidance) for item in items)
    if essays and form == "gift":
        found.append(
            _("{count} rubrik atau pedoman esai ditulis sebagai komentar; Moodle tidak membacanya.")
            .format(count=essays)
        )  # fmt: skip
    return found
