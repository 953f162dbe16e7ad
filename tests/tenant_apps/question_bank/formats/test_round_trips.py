"""An exported file imports to the same questions: whatever their texts hold."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import reading, writing
from tenant_apps.question_bank.items import FULL, Choice, Criterion, Pair, QuestionItem
from tests.tenant_apps.question_bank.formats.questions import NASTY, PNG, good_items

CALM = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture,
                           HealthCheck.filter_too_much],
)  # fmt: skip
FORMS = [form.key for form in writing.FORMS]


def there_and_back(folder: Path, form: str, items: list[QuestionItem]) -> list[QuestionItem]:
    """Write the questions, read the file, return what came out; no fault may be found."""
    path = folder / f"soal{writing.form_of(form).ending}"
    writing.write(path, form, items)
    found = reading.read(path, path.name)
    assert [parsed.faults for parsed in found.items] == [[] for _ in items]
    assert found.listed_unknown == []
    return [parsed.item for parsed in found.items if parsed.item]


def distinct(items: list[QuestionItem]) -> list[QuestionItem]:
    """Give each question its own code in its category."""
    return [replace(item, code=f"{item.code[:40]}-{place}") for place, item in enumerate(items)]


@pytest.mark.parametrize("form", FORMS)
@CALM
@given(items=st.lists(good_items(), min_size=1, max_size=4).map(distinct))
def test_any_questions_survive(tmp_path: Path, form: str, items: list[QuestionItem]) -> None:
    assert there_and_back(tmp_path, form, items) == items


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", NASTY)
def test_each_nasty_text_survives_everywhere(tmp_path: Path, form: str, text: str) -> None:
    text = text.strip() or "x"
    one_line = " ".join(text.split())
    answer = "bagan" if "![" in text else text
    items = [
        QuestionItem(
            kind=QuestionKind.SINGLE, code="s", stem=text, explanation=text,
            choices=(Choice(text, FULL, feedback=text), Choice("lain", feedback=text)),
        ),
        QuestionItem(
            kind=QuestionKind.MATCHING, code="m", stem=text,
            pairs=(Pair(text, "jawab"), Pair("prompt", answer), Pair("", f"{answer} juga")),
        ),
        QuestionItem(
            kind=QuestionKind.SHORT, code="i", stem=text, choices=(Choice(one_line, FULL),),
        ),
        QuestionItem(
            kind=QuestionKind.ESSAY, code="e", stem=text, guidance=text, regulation=one_line,
            rubric=(Criterion(text, 7),),
        ),
    ]  # fmt: skip
    assert there_and_back(tmp_path, form, items) == items


def test_images_travel_in_moodle_xml_only(tmp_path: Path) -> None:
    item = QuestionItem(
        kind=QuestionKind.SINGLE, code="g", stem="Lihat ![bagan](bagan.png) ini.",
        choices=(Choice("![a](a.png)", FULL), Choice("lain")),
        images={"bagan.png": PNG, "a.png": PNG + b"x"},
    )  # fmt: skip
    assert there_and_back(tmp_path, "moodle_xml", [item]) == [item]
    for form in ("gift", "sheet"):
        path = tmp_path / f"a{writing.form_of(form).ending}"
        assert "gambar" in writing.write(path, form, [item])[1]
        (parsed,) = reading.read(path, path.name).items
        assert parsed.item == replace(item, images={})
        assert "bagan.png" in parsed.warnings[0]
