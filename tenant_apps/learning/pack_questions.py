"""The questions of a content pack: `questions.gift`, or `questions.xml` for all kinds."""

from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from tenant_apps.learning.errors import PackError
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.errors import GiftError
from tenant_apps.question_bank.formats import reading, writing
from tenant_apps.question_bank.formats.parsed import FormatRefused
from tenant_apps.question_bank.gift import parse
from tenant_apps.question_bank.items import FULL, NOTHING, QuestionItem

MOST_FAULTS = 50
Found = tuple[list[QuestionItem], list[PackError]]


def questions_of(folder: Path, keys: set[str]) -> Found:
    """Return the questions of a pack with what is wrong; `keys` are those of its sections."""
    if (folder / "questions.xml").is_file():
        found = _from_xml(folder / "questions.xml", keys)
    else:
        found = _from_gift(folder / "questions.gift", keys)
    if not any(found):
        path = folder / "questions.gift"
        return [], [PackError(_("tidak ada soal."), where=f"{path}:1")]
    return found


def _unknown_section(code: str, section: str, where: str) -> PackError:
    return PackError(
        _("soal {code} menyebut bagian {section} yang tidak ada.").format(
            code=code, section=section or "—"
        ),
        where=where,
    )


def _from_gift(path: Path, keys: set[str]) -> Found:
    try:
        questions = parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [], [PackError(_("berkas ini tidak ada."), where=f"{path}:1")]
    except (OSError, UnicodeDecodeError):
        return [], [PackError(_("berkas ini tidak dapat dibaca sebagai UTF-8."), where=f"{path}:1")]
    except GiftError as error:
        return [], [PackError(str(error), where=f"{path}:{error.line}")]
    faults = [
        _unknown_section(question.code, question.category, f"{path}:{question.line}")
        for question in questions
        if question.category not in keys
    ]
    return [question.item for question in questions], faults[:MOST_FAULTS]


def _from_xml(path: Path, keys: set[str]) -> Found:
    try:
        found = reading.read(path, path.name, category="topik")
    except FormatRefused as refusal:
        return [], [PackError(str(refusal), where=f"{path}:1")]
    items, faults = [], []
    for parsed in found.items:
        where = f"{path}:{parsed.line}"
        item = parsed.item
        if item is None or parsed.faults:
            faults.append(PackError(parsed.faults[0] if parsed.faults else "", where=where))
            continue
        if item.section and item.section not in keys:
            faults.append(_unknown_section(item.code, item.section, where))
        items.append(replace(item, category=""))
    return items, faults[:MOST_FAULTS]


def write_questions(folder: Path, items: list[QuestionItem]) -> None:
    """Write questions into a pack: GIFT where it holds them all, else Moodle XML."""
    if items and all(_is_plain(item) for item in items):
        in_order = sorted(items, key=lambda item: item.section)
        as_pack = [replace(item, category=item.section, tags=()) for item in in_order]
        writing.write(folder / "questions.gift", "gift", as_pack)
    else:
        writing.write(folder / "questions.xml", "moodle_xml", items)


def _is_plain(item: QuestionItem) -> bool:
    """Say whether the strict GIFT of packs says all of a question."""
    return (
        item.kind == QuestionKind.SINGLE
        and bool(item.section)
        and not item.images
        and all(
            choice.percent in (FULL, NOTHING) and not choice.feedback for choice in item.choices
        )
        and sum(choice.percent == FULL for choice in item.choices) == 1
    )
