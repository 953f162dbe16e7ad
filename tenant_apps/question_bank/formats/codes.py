"""One code for each question of a category, within one file."""

from dataclasses import replace

from django.utils.translation import gettext as _

from tenant_apps.question_bank.checks import IMAGE, LONGEST_CODE, LONGEST_TEXT, check, texts
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.errors import QuestionNotValid
from tenant_apps.question_bank.formats.parsed import Reading
from tenant_apps.question_bank.formats.texts import digest
from tenant_apps.question_bank.items import Criterion, QuestionItem

#: Content of the bank, so it is not translated: the same in every import.
USUAL_CRITERION = Criterion("Jawaban sesuai pedoman penilaian", 10)


def faults(item: QuestionItem) -> list[str]:
    """Return what keeps a question from being stored, but for images that are missing here.

    Those may be known already: a sheet of exported questions has none and still names them.
    """
    missing = {
        found["name"]: b"" for text in texts(item) for found in IMAGE.finditer(text[:LONGEST_TEXT])
    }
    try:
        check(replace(item, images={**missing, **item.images}))
    except QuestionNotValid as refusal:
        return [str(refusal)]
    return []


def _with_rubric(item: QuestionItem, warnings: list[str]) -> QuestionItem:
    """Give an essay of a program without rubrics one criterion, so that it can be marked."""
    if item.kind != QuestionKind.ESSAY or item.rubric:
        return item
    warnings.append(
        _('Soal esai ini tanpa rubrik; diberi satu kriteria "{text}" bernilai {points}.').format(
            text=USUAL_CRITERION.text, points=USUAL_CRITERION.points
        )
    )
    return replace(item, rubric=(USUAL_CRITERION,))


def settle(reading: Reading, *, category: str = "", override: bool = False) -> Reading:
    """Place the questions in their category, tell repeated ones apart and check each.

    `category` takes those that name none, with `override` all of them. Titles of other programs
    repeat: the second gets a code with a few letters of its content, the same in every import.
    """
    seen: dict[tuple[str, str], tuple[int, QuestionItem]] = {}
    for parsed in reading.items:
        if parsed.item is None:
            continue
        if category and (override or not parsed.item.category):
            parsed.item = replace(parsed.item, category=category)
        parsed.item = item = _with_rubric(parsed.item, parsed.warnings)
        place = (item.category, item.code)
        if place in seen:
            line, earlier = seen[place]
            if earlier == item:
                parsed.faults.append(
                    _("Soal ini sama dengan soal di baris {line}.").format(line=line)
                )
            elif parsed.named:
                parsed.faults.append(
                    _("Kode soal {code} sudah dipakai di baris {line}.").format(
                        code=item.code, line=line
                    )
                )
            else:
                ending = digest(repr(item))
                code = f"{item.code[: LONGEST_CODE - 9]}-{ending}"
                parsed.item = replace(item, code=code)
                parsed.warnings.append(
                    _("Judul sama dengan soal di baris {line}; kodenya menjadi {code}.").format(
                        line=line, code=code
                    )
                )
        place = (parsed.item.category, parsed.item.code)
        if place in seen and seen[place][1] == parsed.item and not parsed.faults:
            parsed.faults.append(
                _("Soal ini sama dengan soal di baris {line}.").format(line=seen[place][0])
            )
        seen.setdefault(place, (parsed.line, parsed.item))
        if not parsed.faults:
            parsed.faults += faults(parsed.item)
    return reading
