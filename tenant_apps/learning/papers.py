"""A test paper as its page shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.sittings.answers import LONGEST, ids_of, pairs_of
from tenant_apps.sittings.models import PaperItem
from toolkit import indonesian


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question; numbers and times are written out, so that the template only places them."""

    n: str
    kind: str
    heading: str
    stem: SafeString
    more: SafeString
    hint: str
    options: SafeString
    seq: str
    answered: bool
    doubtful: bool
    saved_at: str


def question_views(items: Iterable[PaperItem]) -> list[QuestionView]:
    """Return the questions of a paper for its page.

    The options are written here: in a template their forty elements take longer than all the rest
    of the page.
    """
    rows = list(items)
    heading = _("Soal %(n)s dari %(total)s")
    hints = _hints()
    return [
        QuestionView(
            n=str(item.position),
            kind=item.kind,
            heading=heading % {"n": item.position, "total": len(rows)},
            stem=mark_safe(item.body["stem"]),
            more=mark_safe(item.body.get("more", "")),
            hint=hints.get(item.kind, ""),
            options=_FIELDS.get(item.kind, _options)(item),
            seq=str(item.seq),
            answered=bool(item.answer),
            doubtful=item.doubtful,
            saved_at=indonesian.clock_time(item.saved_at) if item.saved_at else "",
        )
        for item in rows
    ]


def _hints() -> dict[str, str]:
    return {
        QuestionKind.MULTIPLE: _("Pilih semua jawaban yang benar."),
        QuestionKind.MATCHING: _("Pilih pasangan untuk setiap baris."),
        QuestionKind.SHORT: _("Jawab dengan singkat."),
        QuestionKind.NUMERICAL: _(
            "Tulis angka, misalnya 1500 atau 12,5. Koma atau titik adalah tanda desimal; "
            "ribuan ditulis tanpa titik."
        ),
        QuestionKind.ESSAY: _("Jawaban dinilai oleh penilai menurut kriterianya."),
        QuestionKind.WEIGHTED: _("Pilih jawaban yang paling sesuai; setiap jawaban bernilai."),
    }


CHECKED = mark_safe(" checked")
SELECTED = mark_safe(" selected")


# Texts of options are rendered from Markdown and cleaned when they are saved.
def _options(item: PaperItem) -> SafeString:
    return format_html_join(
        "",
        '<label class="option"><input type="radio" name="jawaban-{}" value="{}"{}>'
        " <span>{}</span></label>",
        (
            (
                item.position,
                option["id"],
                CHECKED if option["id"] == item.answer else "",
                mark_safe(option["html"]),
            )
            for option in item.body["options"]
        ),
    )


def _boxes(item: PaperItem) -> SafeString:
    chosen = set(ids_of(item.answer))
    return format_html_join(
        "",
        '<label class="option"><input type="checkbox" name="jawaban-{}" value="{}"{}>'
        " <span>{}</span></label>",
        (
            (
                item.position,
                option["id"],
                CHECKED if option["id"] in chosen else "",
                mark_safe(option["html"]),
            )
            for option in item.body["options"]
        ),
    )


def _selects(item: PaperItem) -> SafeString:
    chosen = pairs_of(item.answer)
    texts = [(option["id"], strip_tags(option["html"])) for option in item.body["options"]]
    none = _("Pilih …")
    return format_html_join(
        "",
        '<div class="field"><label class="form-label" for="jawaban-{0}-{1}">{2}</label>'
        '<select class="form-select" id="jawaban-{0}-{1}" name="jawaban-{0}-{1}">'
        '<option value="">{3}</option>{4}</select></div>',
        (
            (
                item.position,
                row["id"],
                mark_safe(row["html"]),
                none,
                format_html_join(
                    "",
                    '<option value="{}"{}>{}</option>',
                    (
                        (each, SELECTED if chosen.get(row["id"]) == each else "", text)
                        for each, text in texts
                    ),
                ),
            )
            for row in item.body["prompts"]
        ),
    )


def _line(item: PaperItem) -> SafeString:
    return format_html(
        '<div class="field"><label class="form-label" for="jawaban-{0}">{1}</label>'
        '<input class="form-control" type="text" id="jawaban-{0}" name="jawaban-{0}" value="{2}"'
        ' maxlength="{3}" inputmode="{4}" autocomplete="off" spellcheck="false"'
        ' aria-describedby="petunjuk-{0}"></div>',
        item.position,
        _("Jawaban Anda"),
        item.answer,
        LONGEST[QuestionKind(item.kind)],
        "decimal" if item.kind == QuestionKind.NUMERICAL else "text",
    )


def _text(item: PaperItem) -> SafeString:
    return format_html(
        '<div class="field"><label class="form-label" for="jawaban-{0}">{1}</label>'
        '<textarea class="form-control" id="jawaban-{0}" name="jawaban-{0}" rows="10"'
        ' maxlength="{3}" aria-describedby="petunjuk-{0}">\n{2}</textarea></div>',
        item.position,
        _("Jawaban Anda"),
        item.answer,
        LONGEST[QuestionKind.ESSAY],
    )


_FIELDS: dict[str, Callable[[PaperItem], SafeString]] = {
    QuestionKind.MULTIPLE: _boxes,
    QuestionKind.MATCHING: _selects,
    QuestionKind.SHORT: _line,
    QuestionKind.NUMERICAL: _line,
    QuestionKind.ESSAY: _text,
}
