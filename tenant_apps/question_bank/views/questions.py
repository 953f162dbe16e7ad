"""The list of questions and the page of each."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast, NullIf
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.question_bank import analysis, usage
from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.drawing import subtree
from tenant_apps.question_bank.models import Category, Question, QuestionVersion
from tenant_apps.question_bank.selectors import as_item, category_paths
from tenant_apps.question_bank.services import questions as services
from tenant_apps.question_bank.showing import shown
from toolkit import indonesian
from toolkit.access_rules import needs
from toolkit.tables import Column, Filter, Listing


def plain_stem(question: Question) -> str:
    """Return the beginning of a question as plain text."""
    text = strip_tags(question.body["stem"]) or strip_tags(question.body.get("more", ""))
    return Truncator(" ".join(text.split())).chars(80)


def _link(question: Question) -> str:
    url = reverse("question", args=[question.pk])
    link = format_html('<a href="{}">{}</a>', url, question.code)
    if not question.retired:
        return link
    return format_html('{} <span class="tag tag-warn">{}</span>', link, _("ditarik"))


def _state(question: Question) -> str:
    return str(dict(STATES)["ditarik" if question.retired else "aktif"])


def _share(question: Any) -> object:
    return None if question.share is None else round(question.share, 2)


def _in_category(rows: QuerySet[Question], value: str) -> QuerySet[Question]:
    tree = list(Category.objects.only("pk", "parent_id"))
    return rows.filter(category_id__in=subtree(tree, uuid.UUID(value)))


def _words(rows: QuerySet[Question], value: str) -> QuerySet[Question]:
    for word in value.split():
        rows = rows.filter(
            Q(code__icontains=word) | Q(source__icontains=word) | Q(regulation__icontains=word)
        )
    return rows


STATES = [("aktif", gettext_lazy("Dipakai")), ("ditarik", gettext_lazy("Ditarik"))]


def listing(params: Any) -> Listing:
    """Return the list of questions as an address asks for it."""
    paths = category_paths()
    rows = Question.objects.defer("key", "source").annotate(
        taken=Sum("statistics__answers", filter=Q(statistics__version=F("version")), default=0),
        share=Cast(Sum("statistics__x", filter=Q(statistics__version=F("version"))), FloatField())
        / NullIf(Sum("statistics__answers", filter=Q(statistics__version=F("version"))), 0),
    )
    columns = [
        Column("kode", gettext_lazy("Kode"), lambda row: row.code, ["code"], cell=_link),
        Column("soal", gettext_lazy("Soal"), plain_stem),
        Column("jenis", gettext_lazy("Jenis"), lambda row: row.get_kind_display(), ["kind"]),
        Column(
            "kategori", gettext_lazy("Kategori"), lambda row: paths[row.category_id],
            ["category__name"],
        ),
        Column(
            "kesulitan", gettext_lazy("Kesulitan"), lambda row: row.get_difficulty_display(),
            ["difficulty"],
        ),
        Column("label", gettext_lazy("Label"), lambda row: ", ".join(row.tags), only_export=True),
        Column("status", gettext_lazy("Status"), _state, only_export=True),
        Column("versi", gettext_lazy("Versi"), lambda row: row.version, ["version"], numeric=True),
        Column(
            "dijawab", gettext_lazy("Dijawab"), lambda row: row.taken, ["taken"], numeric=True
        ),
        Column("p", gettext_lazy("Indeks kesulitan (p)"), _share, ["share"], numeric=True,
               cell=lambda row: "–" if row.share is None else f"{row.share:.2f}".replace(".", ",")),
    ]  # fmt: skip
    filters = [
        Filter("kata", gettext_lazy("Cari"), _words),
        Filter(
            "kategori", gettext_lazy("Kategori"), _in_category,
            [(str(pk), path) for pk, path in paths.items()],
        ),
        Filter(
            "jenis", gettext_lazy("Jenis"), lambda rows, value: rows.filter(kind=value),
            QuestionKind.choices,
        ),
        Filter(
            "kesulitan", gettext_lazy("Kesulitan"),
            lambda rows, value: rows.filter(difficulty=value), Difficulty.choices,
        ),
        Filter("label", gettext_lazy("Label"),
               lambda rows, value: rows.filter(tags__contains=[value])),
        Filter("status", gettext_lazy("Status"),
               lambda rows, value: rows.filter(retired=value == "ditarik"), STATES),
    ]  # fmt: skip
    return Listing(
        params=params, rows=rows, columns=columns, filters=filters, default="kode", name="soal"
    )


@needs("question.view")
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """All questions, filtered and sorted."""
    found = listing(request.GET)
    if found.wants_download:
        return found.download()
    return render(request, "question_bank/questions.html", {"listing": found})


def find_question(question_id: uuid.UUID) -> Question:
    """Return a question with its category; 404 without one."""
    return get_object_or_404(Question.objects.select_related("category"), pk=question_id)


def ancestors(category: Category) -> set[uuid.UUID]:
    """Return the ids of a category and all above it."""
    found, above = {category.pk}, category.parent
    while above is not None:
        found.add(above.pk)
        above = above.parent
    return found


@needs("question.view")
@require_safe
def question_page(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """One question: as it is asked, its key, what it is worth, where it is used, its history."""
    question = find_question(question_id)
    versions = list(question.versions.order_by("-version"))
    people = accounts.holders({row.saved_by for row in versions if row.saved_by})
    statistics = list(question.statistics.all())
    current = next((row for row in versions if row.version == question.version), None)
    current = current or QuestionVersion(
        question=question, version=question.version, kind=question.kind,
        body=question.body, key=question.key,
    )  # fmt: skip
    found = analysis.analyse(
        (row for row in statistics if row.version == question.version and row.purpose != "pre"),
        current,
    )
    return render(
        request,
        "question_bank/question.html",
        {
            "question": question,
            "shown": shown(question.kind, question.body, question.key),
            "path": category_paths()[question.category_id],
            "uses": usage.uses_of(ancestors(question.category)) if not question.retired else [],
            "taken": sum(row.answers for row in statistics),
            "analysis": found,
            "findings": analysis.findings(found, analysis.minimum_answers()),
            "versions": [
                {
                    "row": row,
                    "who": people[row.saved_by].name if row.saved_by in people else "",
                    "shown": shown(row.kind, row.body, row.key),
                    "is_current": row.version == question.version,
                }
                for row in versions
            ],
            "crumbs": crumbs(question.code),
        },
    )


def crumbs(here: str) -> list[dict[str, str]]:
    """Return the breadcrumb of a page below the list."""
    return [{"url": reverse("questions"), "label": _("Bank soal")}, {"url": "", "label": here}]


@needs("question.edit")
@require_POST
def set_state(request: SignedInRequest, question_id: uuid.UUID) -> HttpResponse:
    """Retire a question or let it be drawn again."""
    question = find_question(question_id)
    if request.POST.get("status") == "pakai":
        services.restore(by=request.user, question_id=question.pk)
        messages.success(request, _("Soal {code} dipakai kembali.").format(code=question.code))
    else:
        services.retire(by=request.user, question_id=question.pk)
        messages.success(
            request,
            _("Soal {code} ditarik: tidak keluar lagi di tes baru.").format(code=question.code),
        )
    return HttpResponseRedirect(reverse("question", args=[question.pk]))


@needs("question.edit")
@require_POST
def restore_version(request: SignedInRequest, question_id: uuid.UUID, version: int) -> HttpResponse:
    """Let an earlier wording be the newest again; it becomes a version of its own."""
    question = find_question(question_id)
    row = question.versions.filter(version=version).first()
    if row is None or not row.source or row.kind != question.kind:
        raise Http404
    saved = services.save_item(
        by=request.user, category=question.category, item=as_item(question, source=row.source)
    )
    messages.success(
        request,
        _("Tulisan versi {old} dipakai lagi sebagai versi {new}.").format(
            old=version, new=indonesian.number(saved.version)
        ),
    )
    return HttpResponseRedirect(reverse("question", args=[question.pk]))
