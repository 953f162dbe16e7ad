"""The queue of essays and the page that marks one: `/kelola/esai/`."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from shared_apps.rules import selectors as rules
from tenant_apps.learning.models import Topic
from tenant_apps.learning.selectors.tests import waiting_essays
from tenant_apps.learning.services.essays import mark_essay
from tenant_apps.sittings.errors import AlreadyMarked, MarkNotValid
from tenant_apps.sittings.models import EssayMark, PaperItem
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.access_rules import needs
from toolkit.tables import Column, Filter, Listing
from toolkit.whole_numbers import whole_number


def _is_anonymous() -> bool:
    return rules.flag("sittings.essay_anonymous", tenant_id=current_tenant().pk)


def _number(item: PaperItem) -> str:
    return _("Peserta {number}").format(number=item.sitting_id.hex[:6].upper())


def _with_words(rows: list[Any]) -> list[Any]:
    """Add to each essay its topic's title and who wrote it: two queries."""
    topics = dict(
        Topic.objects.filter(pk__in={row.sitting.subject_uuid for row in rows}).values_list(
            "pk", "title"
        )
    )
    people = {} if _is_anonymous() else accounts.holders({row.sitting.member_id for row in rows})
    for row in rows:
        row.topic_title = topics.get(row.sitting.subject_uuid, "–")
        person = people.get(row.sitting.member_id)
        row.writer = person.name if person else _number(row)
    return rows


def _link(row: Any) -> str:
    url = reverse("mark_essay", args=[row.sitting_id, row.position])
    return format_html('<a href="{}">{}</a>', url, row.writer)


def _stem(row: PaperItem) -> str:
    return Truncator(strip_tags(row.body["stem"])).chars(90)


def listing(params: Any, account: Any) -> Listing:
    """Return the queue as an address asks for it, oldest first."""
    waiting = waiting_essays(account)
    topics = Topic.objects.filter(
        pk__in=waiting.values_list("sitting__subject_uuid", flat=True).distinct()
    )
    columns = [
        Column("peserta", gettext_lazy("Peserta"), lambda row: row.writer, cell=_link),
        Column("topik", gettext_lazy("Topik"), lambda row: row.topic_title),
        Column("soal", gettext_lazy("Soal"), _stem),
        Column(
            "masuk", gettext_lazy("Dikumpulkan"), lambda row: row.sitting.submitted_at,
            ["sitting__submitted_at"],
            cell=lambda row: indonesian.date_time(row.sitting.submitted_at),
        ),
    ]  # fmt: skip
    filters = [
        Filter(
            "topik", gettext_lazy("Topik"),
            lambda rows, value: rows.filter(sitting__subject_uuid=value),
            [(str(pk), title) for pk, title in topics.values_list("pk", "title")],
        )
    ]  # fmt: skip
    return Listing(
        params=params, rows=waiting, columns=columns, filters=filters,
        default="masuk", enrich=_with_words, name="esai",
    )  # fmt: skip


@needs("essay.mark")
@require_safe
def essay_list(request: HttpRequest) -> HttpResponse:
    """Essays that wait for a mark."""
    found = listing(request.GET, request.user)
    if found.wants_download:
        return found.download()
    return render(request, "learning/essays.html", {"listing": found})


@needs("essay.mark")
@require_http_methods(["GET", "HEAD", "POST"])
def mark_page(request: SignedInRequest, sitting_id: uuid.UUID, position: int) -> HttpResponse:
    """One essay with its rubric; saving leads on to the next."""
    item = (
        PaperItem.objects.select_related("sitting")
        .filter(sitting_id=sitting_id, position=position, kind="essay", sitting__state="submitted")
        .exclude(answer="")
        # One's own is for somebody else, rubric and all.
        .exclude(sitting__member=request.user.pk)
        .first()
    )
    if item is None:
        raise Http404
    mark = EssayMark.objects.filter(sitting_id=sitting_id, position=position).first()
    rubric = item.key["rubric"]
    typed = [request.POST.get(f"poin-{index}", "").strip() for index in range(len(rubric))]
    errors = _faults(typed, rubric) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        try:
            _mark(request, item, typed)
        except AlreadyMarked as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(reverse("mark_essay", args=[sitting_id, position]))
        except MarkNotValid as error:
            errors[error.field or "poin-0"] = str(error)
        else:
            messages.success(request, _("Penilaian tersimpan."))
            return _onward(request.user)
    return _page(request, item, mark, typed, errors)


def _mark(request: SignedInRequest, item: PaperItem, typed: list[str]) -> None:
    mark_essay(
        by=request.user,
        sitting_id=item.sitting_id,
        position=item.position,
        given=[int(text) for text in typed],
        comment=request.POST.get("komentar", ""),
    )


def _faults(typed: list[str], rubric: list[dict[str, Any]]) -> dict[str, str]:
    """Return a sentence for every criterion whose points do not count, not only for the first."""
    found = {}
    for index, (text, row) in enumerate(zip(typed, rubric, strict=True)):
        points = whole_number(text, digits=3)
        if points is None:
            found[f"poin-{index}"] = _("Isi poin berupa bilangan bulat.")
        elif points > row["points"]:
            found[f"poin-{index}"] = _("Poin dari 0 sampai {most}.").format(most=row["points"])
    return found


def _onward(account: Any) -> HttpResponse:
    """Lead to the essay that waits longest, or to the empty queue."""
    following = (
        waiting_essays(account).order_by("sitting__submitted_at", "sitting_id", "position").first()
    )
    if following is None:
        return HttpResponseRedirect(reverse("essays"))
    return HttpResponseRedirect(
        reverse("mark_essay", args=[following.sitting_id, following.position])
    )


def _page(
    request: HttpRequest,
    item: PaperItem,
    mark: EssayMark | None,
    typed: list[str],
    errors: dict[str, str],
) -> HttpResponse:
    (shown,) = _with_words([item])
    given = mark.given if mark else typed
    criteria = [
        {
            "name": f"poin-{index}",
            "text": row["text"],
            "most": row["points"],
            "value": given[index],
            "error": errors.get(f"poin-{index}", ""),
        }
        for index, row in enumerate(item.key["rubric"])
    ]
    return render(
        request,
        "learning/essay.html",
        {
            "item": shown,
            "stem": mark_safe(item.body["stem"]),
            "more": mark_safe(item.body.get("more", "")),
            "guidance": mark_safe(item.key.get("guidance", "")),
            "criteria": criteria,
            "comment": mark.comment if mark else request.POST.get("komentar", ""),
            "comment_error": errors.get("komentar", ""),
            "errors": errors,
            "mark": mark,
            "left": waiting_essays(request.user).count(),
            "crumbs": [
                {"url": reverse("essays"), "label": _("Penilaian esai")},
                {"url": "", "label": shown.writer},
            ],
        },
        status=422 if errors else 200,
    )
