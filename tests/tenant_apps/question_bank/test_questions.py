"""Saving questions: every kind comes back as written, changes make versions, faults are named."""

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.errors import CategoryNotValid, QuestionNotValid
from tenant_apps.question_bank.items import (
    Choice,
    Criterion,
    Pair,
    QuestionItem,
    join_path,
    split_path,
)
from tenants.schemas import in_tenant

FULL = Decimal(100)


def item(kind: str, **more: Any) -> QuestionItem:
    """Return a good question of a kind."""
    shapes: dict[str, dict[str, Any]] = {
        "single": {"choices": (Choice("12 hari", FULL), Choice("6 hari", feedback="Kurang."))},
        "true_false": {"choices": (Choice("benar", FULL), Choice("salah"))},
        "multiple": {
            "choices": (
                Choice("a", Decimal("33.33333")), Choice("b", Decimal("33.33333")),
                Choice("c", Decimal("33.33333")), Choice("d", Decimal(-50)),
            )
        },
        "weighted": {"choices": tuple(Choice(f"pilihan {n}", points=n) for n in (5, 1, 3))},
        "short": {
            "choices": (Choice("Pejabat *", FULL), Choice("atasan", Decimal(50))),
            "case_sensitive": True,
        },
        "numerical": {"choices": (Choice("12.50", FULL, tolerance=Decimal("0.5")),)},
        "matching": {
            "pairs": (Pair("PNS", "NIP"), Pair("PPPK", "NI PPPK"), Pair("", "NIK")),
            "shuffle": False,
        },
        "essay": {
            "rubric": (Criterion("Alur", 4), Criterion("Dasar hukum", 6)),
            "guidance": "Lihat *Pasal 3*.",
        },
    }  # fmt: skip
    values: dict[str, Any] = {
        "code": f"uji-{kind}", "stem": "Berapa lama **cuti**?\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "explanation": "Karena begitu.", "category": "Kepegawaian/Cuti", "tags": ("cuti", "asn"),
        "difficulty": Difficulty.HARD, "section": "jenis-cuti", "regulation": "PP 11/2017 Pasal 3",
    }  # fmt: skip
    return QuestionItem(kind=QuestionKind(kind), **{**values, **shapes[kind], **more})


@pytest.fixture
def bank(tenant_a: Any, tmp_path: Path, settings: Any) -> Iterator[None]:
    """The tenant's schema, with files in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    with in_tenant(tenant_a):
        yield


def save(written: QuestionItem) -> Any:
    """Save a question where it says."""
    from tenant_apps.question_bank.services.questions import save_item

    return save_item(by=None, category=written.category, item=written)


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_every_kind_comes_back_as_written(bank: None, kind: str) -> None:
    """What was saved is what is read; saving it again changes nothing."""
    from tenant_apps.question_bank.selectors import as_item, category_paths

    question = save(item(kind))
    assert as_item(question) == item(kind)
    assert as_item(question, paths=category_paths()) == item(kind)
    again = save(as_item(question))
    assert (again.pk, again.version, again.versions.count()) == (question.pk, 1, 1)


def test_a_new_wording_is_a_version_and_a_new_tag_is_not(bank: None) -> None:
    """Papers of the old wording stay apart from those of the new one; labels are no wording."""
    from tenant_apps.question_bank.models import Question

    question = save(item("single"))
    save(item("single", tags=("lain",), difficulty=Difficulty.EASY, regulation=""))
    question.refresh_from_db()
    assert (question.version, question.tags, question.difficulty) == (1, ["lain"], "easy")
    save(item("single", stem="Berapa hari?"))
    question.refresh_from_db()
    assert question.version == 2
    assert [row.body["stem"] for row in question.versions.order_by("version")] == [
        "Berapa lama <strong>cuti</strong>?",
        "Berapa hari?",
    ]
    assert Question.objects.count() == 1


def test_a_retired_question_comes_back_when_saved(bank: None) -> None:
    """Retiring takes it out of draws; an import of it brings it back without a new version."""
    from tenant_apps.question_bank.services.questions import restore, retire

    question = save(item("short"))
    assert retire(by=None, question_id=question.pk).retired
    assert not restore(by=None, question_id=question.pk).retired
    retire(by=None, question_id=question.pk)
    assert not save(item("short")).retired
    question.refresh_from_db()
    assert question.version == 1


def png(colour: str) -> bytes:
    """Return a small image."""
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(buffer, "PNG")
    return buffer.getvalue()


def test_images_travel_along_and_papers_keep_the_old_ones(bank: None) -> None:
    """A replaced image is a new version; the old file stays for papers; a re-import is no news."""
    from tenant_apps.files.models import StoredFile
    from tenant_apps.question_bank.selectors import as_item

    stem = "Lihat ![bagan](bagan-é.png) ini."
    question = save(item("single", stem=stem, images={"bagan-é.png": png("red")}))
    assert '<img src="/berkas/' in question.body["stem"]
    back = as_item(question)
    assert set(back.images) == {"bagan-é.png"}
    assert save(back).version == 1
    assert save(item("single", stem=stem, images={"bagan-é.png": png("red")})).version == 1
    assert save(item("single", stem=stem, images={"bagan-é.png": png("blue")})).version == 2
    assert StoredFile.objects.filter(owner_uuid=question.pk).count() == 2


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("single", {"stem": " "}, "stem"),
        ("single", {"stem": "x" * 10_001}, "stem"),
        ("single", {"code": "x" * 61}, "code"),
        ("single", {"code": "a\0b"}, "code"),
        ("single", {"stem": "![a](tidak-ada.png)"}, "images"),
        ("single", {"images": {"a.png": b"bukan gambar"}}, "images"),
        ("single", {"tags": ("x" * 41,)}, "tags"),
        ("single", {"choices": (Choice("a", FULL),)}, "choices"),
        ("single", {"choices": (Choice("a"), Choice("b", Decimal(50)))}, "choices"),
        ("true_false", {"choices": (Choice("benar", FULL), Choice("salah", FULL))}, "choices"),
        ("single", {"tags": ("lintas:jenis:berbobot",)}, "tags"),
        ("single", {"choices": (Choice("a", FULL), Choice("a"))}, "choices"),
        ("single", {"choices": (Choice("a", FULL), Choice(" "))}, "choices"),
        ("single", {"choices": (Choice("a", FULL), Choice("b", Decimal("NaN")))}, "choices"),
        ("true_false", {"choices": (Choice("a", FULL), Choice("b"), Choice("c"))}, "choices"),
        ("multiple", {"choices": (Choice("a", Decimal(60)), Choice("b", Decimal(30)))}, "choices"),
        ("multiple", {"choices": (Choice("a", FULL), Choice("b", Decimal(-101)))}, "choices"),
        ("weighted", {"choices": (Choice("a", points=5), Choice("b", points=0))}, "choices"),
        ("short", {"choices": (Choice("a", Decimal(50)),)}, "choices"),
        ("numerical", {"choices": (Choice("1,5", FULL),)}, "choices"),
        ("numerical", {"choices": (Choice("1", FULL, tolerance=Decimal(-1)),)}, "choices"),
        ("matching", {"pairs": (Pair("a", "b"),)}, "pairs"),
        ("matching", {"pairs": (Pair("a", "x"), Pair("b", "x"))}, "pairs"),
        ("matching", {"pairs": (Pair("a", "x"), Pair("a", "y"))}, "pairs"),
        ("essay", {"rubric": ()}, "rubric"),
        ("essay", {"rubric": (Criterion("a", 0),)}, "rubric"),
        ("single", {"category": "/"}, "category"),
        ("single", {"category": "a/b/c/d/e/f/g"}, "category"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_at_its_field(
    bank: None, kind: str, more: dict[str, Any], field: str
) -> None:
    """The fault is named, and nothing is written."""
    from tenant_apps.question_bank.models import Question

    with pytest.raises((QuestionNotValid, CategoryNotValid)) as refused:
        save(item(kind, **more))
    assert refused.value.field == field and str(refused.value)
    assert not Question.objects.exists()


def test_categories_are_found_by_name_and_made_once(bank: None) -> None:
    """A path is the same in any case and spacing; `//` is a slash within a name."""
    from tenant_apps.question_bank.models import Category
    from tenant_apps.question_bank.selectors import category_paths
    from tenant_apps.question_bank.services.categories import category_at, save_category

    first = category_at("Kepegawaian / PP 11//2017", by=None)
    assert first == category_at("kepegawaian/pp 11//2017", by=None)
    assert list(category_paths().values()) == ["Kepegawaian", "Kepegawaian/PP 11//2017"]
    above = Category.objects.get(name="Kepegawaian")
    with pytest.raises(CategoryNotValid):
        save_category(by=None, name="KEPEGAWAIAN")
    with pytest.raises(CategoryNotValid):
        save_category(by=None, category=above, name="Kepegawaian", parent=first)
    moved = save_category(by=None, category=first, name="PP 11", parent=None)
    assert category_paths()[moved.pk] == "PP 11"


@given(
    st.lists(st.text("ab/ ", min_size=1, max_size=5).map(lambda t: " ".join(t.split())), max_size=4)
)
def test_paths_of_tidy_names_come_back(names: list[str]) -> None:
    """Joined and split again, the names are the same, unless they begin or end with a slash."""
    tidy = [name for name in names if name.strip("/") == name and name and "//" not in name]
    assert split_path(join_path(tidy)) == tidy


def test_two_people_saving_one_question(bank: None) -> None:
    """Who saved against an older version is told; the code must be free."""
    from tenant_apps.question_bank.services.questions import change_item

    question = save(item("single"))
    other = save(item("single", code="lain"))
    changed = replace(item("single"), stem="Baru?")
    change_item(
        by=None, question_id=question.pk, category=question.category, item=changed, version=1
    )
    with pytest.raises(QuestionNotValid):
        change_item(
            by=None, question_id=question.pk, category=question.category, item=changed, version=1
        )
    with pytest.raises(QuestionNotValid) as refused:
        change_item(by=None, question_id=other.pk, category=other.category, item=changed, version=1)
    assert refused.value.field == "code"


def test_a_question_from_before_sources_were_kept(bank: None) -> None:
    """It is read back from its HTML, and saving that is no new wording."""
    from tenant_apps.question_bank.models import Question
    from tenant_apps.question_bank.selectors import as_item

    choices = (Choice("12 hari", FULL), Choice("6 hari"))
    question = save(item("single", stem="Apa itu **PNS**?", choices=choices))
    question.versions.all().delete()
    Question.objects.update(source={})
    question.refresh_from_db()
    back = as_item(question)
    assert back.stem == "Apa itu **PNS**?" and back.choices[0].percent == FULL
    assert (save(back).version, question.versions.count()) == (1, 0)
