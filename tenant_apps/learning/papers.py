"""A test paper as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tenant_apps.sittings.models import PaperItem
from toolkit import indonesian


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question; numbers and times are written out, so that the template only places them."""

    n: str
    heading: str
    stem: SafeString
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
    return [
        QuestionView(
            n=str(item.position),
            heading=heading % {"n": item.position, "total": len(rows)},
            stem=mark_safe(item.body["stem"]),
            options=_options(item),
            seq=str(item.seq),
            answered=bool(item.answer),
            doubtful=item.doubtful,
            saved_at=indonesian.clock_time(item.saved_at) if item.saved_at else "",
        )
        for item in rows
    ]


def _options(item: PaperItem) -> SafeString:
    # Texts of options are rendered from Markdown and cleaned when they are imported.
    return format_html_join(
        "",
        '<label class="option"><input type="radio" name="jawaban-{}" value="{}"{}>'
        " <span>{}</span></label>",
        (
            (
                item.position,
                option["id"],
                mark_safe(" checked") if option["id"] == item.answer else "",
                mark_safe(option["html"]),
            )
            for option in item.body["options"]
        ),
    )
