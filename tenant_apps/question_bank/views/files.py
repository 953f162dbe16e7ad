"""Files of questions: importing with a check before, exporting."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from shared_apps.jobs import selectors as jobs
from tenant_apps.question_bank.choices import (
    ImportOutcome,
    ImportState,
    ImportVerdict,
    QuestionKind,
)
from tenant_apps.question_bank.file_forms import ExportForm, ImportForm
from tenant_apps.question_bank.formats import sheet_write
from tenant_apps.question_bank.formats.html_text import image_kind
from tenant_apps.question_bank.models import ImportedQuestion, QuestionImport
from tenant_apps.question_bank.selectors import category_paths
from tenant_apps.question_bank.services import exports, imports
from tenant_apps.question_bank.showing import preview
from toolkit import xlsx
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing

RECENT = 20
_MEDIA = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"url": url, "label": label} for url, label in [("/kelola/soal/", _("Bank soal")), *more]
    ]


@needs("question.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def import_questions(request: SignedInRequest) -> HttpResponse:
    """The form for a file, and the imports of late."""
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        made = imports.start(
            by=request.user,
            upload=form.upload,
            category=form.cleaned_data["category"],
            override=form.override,
        )
        assert made.check_job is not None
        return HttpResponseRedirect(reverse("job", args=[made.check_job]))
    recent = list(QuestionImport.objects.order_by("-created_at")[:RECENT])
    people = accounts.holders({each.made_by for each in recent})
    return render(
        request,
        "question_bank/imports.html",
        {
            "form": form,
            "paths": category_paths().values(),
            "recent": [
                (each, people[each.made_by].name if each.made_by in people else "–")
                for each in recent
            ],
            "crumbs": _crumbs(("", _("Impor"))),
        },
        status=422 if form.errors else 200,
    )


@needs("question.edit")
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in."""
    return xlsx.answer("templat-soal", sheet_write.template())


def _title(row: ImportedQuestion) -> object:
    if not row.kind:
        return row.title
    address = reverse("imported_question", args=[row.question_import_id, row.position])
    return format_html('<a href="{}">{}</a>', address, row.title)


_TAGS = {"good": "tag-ok", "warning": "tag-warn", "faulty": "tag-bad"}


def _verdict(row: ImportedQuestion) -> object:
    return format_html(
        '<span class="tag {}">{}</span>', _TAGS[row.verdict], row.get_verdict_display()
    )


def _listing(params: Any, made: QuestionImport) -> Listing:
    """Return the questions of a file as an address asks for them."""
    return Listing(
        params=params,
        rows=made.questions.defer("data", "images"),
        columns=[
            Column("soal", gettext_lazy("Soal"), lambda row: row.title, ["title"], cell=_title),
            Column("baris", gettext_lazy("Baris"), lambda row: row.line, ["line"], numeric=True),
            Column("jenis", gettext_lazy("Jenis"), lambda row: row.get_kind_display(), ["kind"]),
            Column("kategori", gettext_lazy("Kategori"), lambda row: row.category, ["category"]),
            Column(
                "penilaian", gettext_lazy("Penilaian"), lambda row: row.get_verdict_display(),
                ["verdict"], cell=_verdict,
            ),
            Column("ket", gettext_lazy("Keterangan"), lambda row: row.said),
            Column(
                "akibat", gettext_lazy("Akibat"), lambda row: row.get_outcome_display(),
                ["outcome"],
            ),
        ],
        filters=[
            Filter("cari", gettext_lazy("Cari"),
                   lambda rows, value: rows.filter(title__icontains=value)),
            Filter("penilaian", gettext_lazy("Penilaian"),
                   lambda rows, value: rows.filter(verdict=value), ImportVerdict.choices),
            Filter("akibat", gettext_lazy("Akibat"),
                   lambda rows, value: rows.filter(outcome=value), ImportOutcome.choices),
            Filter("jenis", gettext_lazy("Jenis"),
                   lambda rows, value: rows.filter(kind=value), QuestionKind.choices),
        ],
        default="baris",
        name="impor-soal",
    )  # fmt: skip


def _import(import_id: uuid.UUID) -> QuestionImport:
    return get_object_or_404(QuestionImport, pk=import_id)


@needs("question.edit")
@never_cache
@require_safe
def import_page(request: SignedInRequest, import_id: uuid.UUID) -> HttpResponse:
    """What a file holds, what each question is worth, and what became of them."""
    made = _import(import_id)
    found = _listing(request.GET, made)
    if found.wants_download:
        return found.download()
    verdicts: dict[str, int] = {}
    for verdict in made.questions.values_list("verdict", flat=True):
        verdicts[verdict] = verdicts.get(verdict, 0) + 1
    good = sum(verdicts.get(verdict, 0) for verdict in imports.GOOD)
    check = jobs.find_job(made.check_job, account=request.user) if made.check_job else None
    return render(
        request,
        "question_bank/import.html",
        {
            "made": made,
            "listing": found,
            "good": good,
            "tiles": [
                (label, verdicts.get(value, 0), f"penilaian={value}")
                for value, label in ImportVerdict.choices
            ],
            "unknown": made.unknown,
            "unknown_count": sum(each["count"] for each in made.unknown),
            "may_apply": made.state == ImportState.READY and good,
            "faults_job": check.pk if check and check.output_name else None,
            "apply_job": made.apply_job if made.state == ImportState.APPLYING else None,
            "crumbs": _crumbs(
                (reverse("question_imports"), _("Impor")), ("", made.file_name or "–")
            ),
        },
    )


@needs("question.edit")
@require_POST
def apply_import(request: SignedInRequest, import_id: uuid.UUID) -> HttpResponse:
    """Take the good questions; pressing twice is one job."""
    made = _import(import_id)
    try:
        made = imports.request_apply(by=request.user, import_id=made.pk)
    except DomainError as error:
        messages.warning(request, str(error))
        return HttpResponseRedirect(reverse("question_import", args=[made.pk]))
    if made.apply_job and jobs.find_job(made.apply_job, account=request.user):
        return HttpResponseRedirect(reverse("job", args=[made.apply_job]))
    return HttpResponseRedirect(reverse("question_import", args=[made.pk]))


def _row(import_id: uuid.UUID, position: int) -> ImportedQuestion:
    return get_object_or_404(
        ImportedQuestion.objects.select_related("question_import"),
        question_import_id=import_id,
        position=position,
    )


@needs("question.edit")
@require_safe
def imported_question(request: HttpRequest, import_id: uuid.UUID, position: int) -> HttpResponse:
    """How one question of a file will look."""
    row = _row(import_id, position)
    shown = None
    if row.data:
        images = {
            name: reverse("imported_image", args=[import_id, position, number])
            for number, name in enumerate(row.images, start=1)
        }
        shown = preview(imports.item_of(row), images)
    siblings = row.question_import.questions
    return render(
        request,
        "question_bank/imported.html",
        {
            "row": row,
            "shown": shown,
            "tag": _TAGS[row.verdict],
            "before": siblings.filter(position=position - 1).only("position").first(),
            "after": siblings.filter(position=position + 1).only("position").first(),
            "crumbs": _crumbs(
                (reverse("question_imports"), _("Impor")),
                (
                    reverse("question_import", args=[import_id]),
                    row.question_import.file_name or "–",
                ),
                ("", row.title),
            ),
        },
    )


@needs("question.edit")
@require_safe
def imported_image(
    request: HttpRequest, import_id: uuid.UUID, position: int, number: int
) -> HttpResponse:
    """One image of a question that is not in the bank yet; its type is that of its content."""
    row = _row(import_id, position)
    if not row.data or not 1 <= number <= len(row.images):
        raise Http404
    data = list(imports.item_of(row).images.values())[number - 1]
    kind = image_kind(data)
    if not kind:
        raise Http404
    return HttpResponse(
        data,
        content_type=_MEDIA[kind],
        headers={"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"},
    )


@needs("question.view")
@require_http_methods(["GET", "HEAD", "POST"])
def export_questions(request: SignedInRequest) -> HttpResponse:
    """Which questions to write, and in what format."""
    posted = request.method == "POST"
    initial = {"category": request.GET.get("kategori", ""), "form": "sheet"}
    form = ExportForm(request.POST) if posted else ExportForm(initial=initial)
    if posted and form.is_valid():
        try:
            job = exports.start(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("job", args=[job.pk]))
    return render(
        request,
        "question_bank/exports.html",
        {"form": form, "crumbs": _crumbs(("", _("Ekspor")))},
        status=422 if form.errors else 200,
    )
