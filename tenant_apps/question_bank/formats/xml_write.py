"""Writes questions as Moodle XML, images included, so that we read the same ones back.

Weighted questions have no type in Moodle: they become single-choice questions with 20 percent a
point and the tag `lintas:jenis:berbobot`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import extras, xml_text
from tenant_apps.question_bank.formats.figures import percent_text, plain
from tenant_apps.question_bank.formats.texts import moodle_path
from tenant_apps.question_bank.items import Choice, QuestionItem

_TYPES = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.WEIGHTED: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.SHORT: "shortanswer",
    QuestionKind.NUMERICAL: "numerical",
    QuestionKind.MATCHING: "matching",
    QuestionKind.ESSAY: "essay",
}
_SHUFFLED = ("multichoice", "matching")


def write(items: Iterable[QuestionItem]) -> Iterator[bytes]:
    """Yield the parts of a Moodle XML file, one question at a time."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    category = None
    for item in items:
        if item.category != category:
            category = item.category
            yield _bytes(_category(category))
        yield _bytes(_question(item))
    yield b"</quiz>\n"


def _bytes(element: Any) -> bytes:
    etree.indent(element)
    return bytes(etree.tostring(element, encoding="utf-8")) + b"\n"


def _category(category: str) -> Any:
    element = etree.Element("question", type="category")
    etree.SubElement(etree.SubElement(element, "category"), "text").text = moodle_path(category)
    return element


def _question(item: QuestionItem) -> Any:
    kind = _TYPES[QuestionKind(item.kind)]
    element = etree.Element("question", type=kind)
    etree.SubElement(etree.SubElement(element, "name"), "text").text = item.code
    xml_text.add(element, "questiontext", item.stem, item.images)
    xml_text.add(element, "generalfeedback", item.explanation, item.images)
    etree.SubElement(element, "defaultgrade").text = "1"
    etree.SubElement(element, "penalty").text = "0"
    etree.SubElement(element, "hidden").text = "0"
    etree.SubElement(element, "idnumber").text = item.code
    if kind == "multichoice":
        single = item.kind != QuestionKind.MULTIPLE
        etree.SubElement(element, "single").text = "true" if single else "false"
        etree.SubElement(element, "answernumbering").text = "ABCD"
    if kind in _SHUFFLED:
        etree.SubElement(element, "shuffleanswers").text = "true" if item.shuffle else "false"
    if kind == "shortanswer":
        etree.SubElement(element, "usecase").text = "1" if item.case_sensitive else "0"
    for choice in item.choices:
        _answer(element, item, choice)
    for pair in item.pairs:
        row = xml_text.add(element, "subquestion", pair.prompt, item.images)
        xml_text.add_plain(row, "answer", pair.answer)
    if kind == "essay":
        etree.SubElement(element, "responseformat").text = "editor"
    if item.guidance:
        xml_text.add(element, "graderinfo", item.guidance, item.images)
    _tags(element, item, kind)
    return element


def _answer(element: Any, item: QuestionItem, choice: Choice) -> None:
    percent = 20 * choice.points if item.kind == QuestionKind.WEIGHTED else None
    fraction = str(percent) if percent is not None else percent_text(choice.percent)
    if item.kind in (QuestionKind.SHORT, QuestionKind.NUMERICAL, QuestionKind.TRUE_FALSE):
        answer = etree.SubElement(element, "answer", format="moodle_auto_format")
        text = choice.text
        if item.kind == QuestionKind.TRUE_FALSE:
            text = "true" if choice is item.choices[0] else "false"
        etree.SubElement(answer, "text").text = text
    else:
        answer = xml_text.add(element, "answer", choice.text, item.images)
    answer.set("fraction", fraction)
    if item.kind == QuestionKind.NUMERICAL:
        etree.SubElement(answer, "tolerance").text = plain(choice.tolerance)
    xml_text.add(answer, "feedback", choice.feedback, item.images)


def _tags(element: Any, item: QuestionItem, kind: str) -> None:
    pairs = extras.of(item, has_shuffle=kind in _SHUFFLED, has_case=kind == "shortanswer")
    names = [*item.tags, *(f"lintas:{key}:{value}" for key, value in pairs)]
    if names:
        tags = etree.SubElement(element, "tags")
        for name in names:
            etree.SubElement(etree.SubElement(tags, "tag"), "text").text = name
