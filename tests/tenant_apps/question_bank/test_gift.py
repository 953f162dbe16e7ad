"""Reading GIFT: what is understood, what is refused with its line, and what a re-import does."""

from typing import Any

import pytest

from tenant_apps.question_bank.errors import GiftError
from tenant_apps.question_bank.gift import parse

GOOD = r"""// Soal cuti
$CATEGORY: jenis-cuti

::cuti-01::Berapa lama 1\:1 cuti \{tahunan\}? {
=12 hari
~6 hari \= setengah
~24 hari
####Pembahasan\: 12 hari kerja.
}

$CATEGORY: tata-cara

::cuti-02::Siapa yang berwenang? { =PyB ~Atasan }
"""


def test_reads_categories_escapes_and_explanations() -> None:
    """Two questions in two categories, with their escapes undone."""
    first, second = parse(GOOD)
    assert (first.code, first.category, second.category) == (
        "cuti-01",
        "jenis-cuti",
        "tata-cara",
    )
    assert first.item.stem == "Berapa lama 1:1 cuti {tahunan}?"
    assert [(c.text, c.percent) for c in first.item.choices] == [
        ("12 hari", 100),
        ("6 hari = setengah", 0),
        ("24 hari", 0),
    ]
    assert first.item.explanation == "Pembahasan: 12 hari kerja."
    assert (first.item.section, first.item.category) == ("jenis-cuti", "")
    assert second.item.explanation == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("$CATEGORY: a\n::k::S? {=a ~b}", 2),
        ("::k::S? {=a ~b}\n\n::k::T? {=a ~b}", 3),
        ("\n\nS tanpa kode? {=a ~b}", 3),
        ("::k::S? {~a ~b}", 1),
        ("::k::S? {=a =b ~c}", 1),
        ("::k::S? {=a ~a}", 1),
        ("::k::S? {=a}", 1),
        ("::k::S? {=a ~%50%b}", 1),
        ("::k::S? {teks =a ~b}", 1),
        ("::k::S? {\n=a\n\n~b\n}", 1),
        ("::k::S? {=a ~}", 1),
    ],
)
def test_what_is_odd_is_refused_with_its_line(text: str, line: int) -> None:
    """Nothing is swallowed: the line of the fault is named."""
    with pytest.raises(GiftError) as refused:
        parse(text)
    assert refused.value.line == line


@pytest.mark.django_db
def test_reimport_versions_changes_and_retires_what_is_gone(tenant_a: Any) -> None:
    """The same text changes nothing; another wording is the next version; a gap is retired."""
    from tenant_apps.question_bank.services.questions import replace_questions
    from tenants.schemas import in_tenant

    def versions(text: str) -> dict[str, tuple[int, bool]]:
        category = replace_questions(
            code="topic/x", name="X", items=[q.item for q in parse(text)], by=None
        )
        return {q.code: (q.version, q.retired) for q in category.questions.all()}

    with in_tenant(tenant_a):
        assert versions(GOOD) == {"cuti-01": (1, False), "cuti-02": (1, False)}
        assert versions(GOOD) == {"cuti-01": (1, False), "cuti-02": (1, False)}
        changed = GOOD.replace("=PyB", "=Pejabat yang berwenang").replace("24 hari", "24 hari")
        assert versions(changed) == {"cuti-01": (1, False), "cuti-02": (2, False)}
        only_second = "$CATEGORY: tata-cara\n\n" + changed.split("tata-cara\n\n")[1]
        assert versions(only_second) == {"cuti-01": (1, True), "cuti-02": (2, False)}


@pytest.mark.django_db
def test_markup_in_a_question_is_harmless(tenant_a: Any) -> None:
    """Script in stem or option becomes text."""
    from tenant_apps.question_bank.services.questions import replace_questions
    from tenants.schemas import in_tenant

    text = "::k::<script>alert(1)</script> S? {=<img src\\=x onerror\\=alert(1)> ~**tebal**}"
    with in_tenant(tenant_a):
        category = replace_questions(
            code="topic/y", name="Y", items=[q.item for q in parse(text)], by=None
        )
        body = category.questions.get().body
    assert "<script" not in str(body) and "<img" not in str(body)
    assert "<strong>tebal</strong>" in str(body)
