"""One door for writing files of questions, and what each format cannot carry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.functional import Promise
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


def write(path: Path, form: str, items: Iterable[QuestionItem]) -> list[str]:
    """Write the questions to a file, one after the other.

    Returns sentences: how many there are, and what the format cannot carry.
    """
    losses = _Losses(form)
    watched = losses.watch(items)
    if form == "sheet":
        # The widest question decides the columns, so all are needed at once; images are not.
        sheet_write.write(path, [replace(item, images={}) for item in watched])
    elif form == "gift":
        with path.open("w", encoding="utf-8", newline="\n") as text:
            text.writelines(gift_write.write(watched))
    else:
        with path.open("wb") as file:
            file.writelines(xml_write.write(watched))
    return losses.sentences()


class _Losses:
    """Counts what a format cannot carry while the questions pass."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._count = self._pictured = self._weighted = self._essays = 0

    def watch(self, items: Iterable[QuestionItem]) -> Iterator[QuestionItem]:
        for item in items:
            self._count += 1
            self._pictured += bool(item.images)
            self._weighted += item.kind == QuestionKind.WEIGHTED
            self._essays += item.kind == QuestionKind.ESSAY
            yield item

    def sentences(self) -> list[str]:
        found = [
            ngettext("{count} soal ditulis.", "{count} soal ditulis.", self._count).format(
                count=self._count
            )
        ]
        if self._pictured and self._form != "moodle_xml":
            found.append(
                ngettext(
                    "{count} soal bergambar: gambarnya tidak ikut. Pakai Moodle XML bila perlu.",
                    "{count} soal bergambar: gambarnya tidak ikut. Pakai Moodle XML bila perlu.",
                    self._pictured,
                ).format(count=self._pictured)
            )
        if self._weighted and self._form != "sheet":
            found.append(
                ngettext(
                    "{count} soal berbobot ditulis sebagai pilihan tunggal dengan persen; "
                    "di sini terbaca kembali sebagai soal berbobot.",
                    "{count} soal berbobot ditulis sebagai pilihan tunggal dengan persen; "
                    "di sini terbaca kembali sebagai soal berbobot.",
                    self._weighted,
                ).format(count=self._weighted)
            )
        if self._essays and self._form == "gift":
            found.append(
                ngettext(
                    "{count} rubrik esai ditulis sebagai komentar; Moodle tidak membacanya.",
                    "{count} rubrik esai ditulis sebagai komentar; Moodle tidak membacanya.",
                    self._essays,
                ).format(count=self._essays)
            )
        return found
