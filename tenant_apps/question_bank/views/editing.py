"""Writing questions: the form of each kind, its preview, adding rows."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.question_bank import drafts
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.errors import CategoryNotValid, QuestionNotValid
from tenant_apps.question_bank.items import QuestionItem
from tenant_apps.question_bank.models import Category, Question
from tenant_apps.question_bank.selectors import as_item, category_paths
from tenant_apps.question_bank.services import questions as services
from tenant_apps.question_bank.services.categories import category_at
from tenant_apps.question_bank.showing import preview
from tenant_apps.question_bank.views.questions import crumbs, find_question
from toolkit.access_rules import needs
from toolkit.errors import DomainError

# Fields of an item that stand in the rows rather than in the form.
IN_ROWS = {"choices", "pairs", "rubric"}


def _paths() -> list[tuple[str, str]]:
    return [(str(pk), path) for pk, path in category_paths().items()]


@needs("question.edit")
@require_safe
def choose_kind(request: HttpRequest) -> HttpResponse:
    """What kind of question to write."""
    kinds = [(kind, kind.label, _about(kind)) for kind in QuestionKind]
    return render(
        request, "question_bank/kinds.html", {"kinds": kinds, "crumbs": crumbs(_("Soal baru"))}
    )


def _about(kind: QuestionKind) -> str:
    return {
        QuestionKind.SINGLE: _("Satu jawaban benar di antara beberapa pilihan."),
        QuestionKind.MULTIPLE: _("Beberapa jawaban benar; nilainya dapat sebagian."),
        QuestionKind.TRUE_FALSE: _("Sebuah pernyataan yang benar atau salah."),
        QuestionKind.MATCHING: _("Setiap baris dicarikan pasangannya."),
        QuestionKind.SHORT: _("Ditulis sendiri dengan beberapa kata; * mewakili teks apa pun."),
        QuestionKind.NUMERICAL: _("Sebuah angka, bila perlu dengan toleransi."),
        QuestionKind.ESSAY: _("Uraian yang dinilai orang menurut kriteria."),
        QuestionKind.WEIGHTED: _("Semua jawaban bernilai 1 sampai 5, seperti TKP."),
    }[kind]


@needs("question.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: SignedInRequest, kind: str) -> HttpResponse:
    """Write a question of one kind."""
    if kind not in QuestionKind.values:
        raise Http404
    known = QuestionKind(kind)
    paths = _paths()
    if request.method != "POST":
        draft = drafts.blank(known, paths, category=request.GET.get("kategori", ""))
        return _form(request, draft, None)
    draft = drafts.posted(request, known, paths, {}, more_rows=_more(request))
    if _more(request) or not draft.is_valid():
        return _form(request, draft, None)
    try:
        question = _create(request, draft)
    except DomainError as error:
        return _refused(request, draft, None, error)
    messages.success(request, _("Soal {code} tersimpan.").format(code=question.code))
    return _onward(request, question)


def _create(request: SignedInRequest, draft: drafts.Draft) -> Question:
    item = draft.item()
    category = _category(request, draft)
    taken = Question.objects.filter(category=category, code=item.code) if item.code else None
    if taken is not None and taken.exists():
        raise QuestionNotValid(
            _("Kode {code} sudah dipakai soal lain di kategori ini.").format(code=item.code),
            field="code",
        )
    return services.save_item(by=request.user, category=category, item=item)


def _category(request: SignedInRequest, draft: drafts.Draft) -> Category:
    data = draft.form.cleaned_data
    if data["new_category"].strip():
        return category_at(data["new_category"], by=request.user)
    if not data["category"]:
        raise CategoryNotValid(_("Pilih atau tulis kategori soal."), field="category")
    return Category.objects.get(pk=data["category"])


@needs("question.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_question(request: SignedInRequest, question_id: uuid.UUID) -> HttpResponse:
    """Change a question; who saved against an older version keeps what they typed."""
    question = find_question(question_id)
    paths = _paths()
    item = as_item(question)
    if request.method != "POST":
        draft = drafts.filled(
            item, paths, category=str(question.category_id), version=question.version
        )
        return _form(request, draft, question)
    draft = drafts.posted(
        request, QuestionKind(question.kind), paths, item.images, more_rows=_more(request)
    )
    if _more(request) or not draft.is_valid():
        return _form(request, draft, question)
    try:
        saved = services.change_item(
            by=request.user,
            question_id=question.pk,
            category=_category(request, draft),
            item=_with_code(draft.item(), question),
            version=draft.form.cleaned_data["version"] or 0,
        )
    except DomainError as error:
        return _refused(request, draft, question, error)
    if saved.version > question.version:
        text = _("Soal {code} tersimpan sebagai versi {version}; tes lama tetap memakai yang lama.")
    else:
        text = _("Soal {code} tersimpan.")
    messages.success(request, text.format(code=saved.code, version=saved.version))
    return _onward(request, saved)


def _with_code(item: QuestionItem, question: Question) -> QuestionItem:
    return item if item.code else replace(item, code=question.code)


def _more(request: HttpRequest) -> int:
    return drafts.MORE_ROWS if "tambah" in request.POST else 0


def _onward(request: HttpRequest, question: Question) -> HttpResponse:
    if "lagi" in request.POST:
        address = reverse("new_question", args=[question.kind])
        return HttpResponseRedirect(f"{address}?kategori={question.category_id}")
    return HttpResponseRedirect(reverse("question", args=[question.pk]))


def _refused(
    request: HttpRequest, draft: drafts.Draft, question: Question | None, error: DomainError
) -> HttpResponse:
    """Show the form again with the sentence at its field, or above the rows."""
    if error.field in IN_ROWS:
        return _form(request, draft, question, rows_error=str(error), status=422)
    field = error.field if error.field in draft.form.fields else None
    draft.form.add_error(field, str(error))
    return _form(request, draft, question, status=422)


def _form(
    request: HttpRequest,
    draft: drafts.Draft,
    question: Question | None,
    *,
    rows_error: str = "",
    status: int = 200,
) -> HttpResponse:
    if draft.form.is_bound and "tambah" not in request.POST and not draft.is_valid():
        status = 422
    head = question.code if question else _("Soal baru")
    return render(
        request,
        "question_bank/form.html",
        {
            "draft": draft,
            "form": draft.form,
            "rows": draft.rows,
            "rows_error": rows_error,
            "adding": "tambah" in request.POST,
            "question": question,
            "kind": draft.kind,
            "kind_label": draft.kind.label,
            "images": sorted(draft.images),
            "fixed_rows": draft.kind == QuestionKind.TRUE_FALSE,
            "crumbs": crumbs(head),
        },
        status=status,
    )


@needs("question.edit")
@require_POST
def preview_question(request: HttpRequest, kind: str) -> HttpResponse:
    """Return what the form would look like to a person who takes the test (a part of a page)."""
    if kind not in QuestionKind.values:
        raise Http404
    draft = drafts.posted(request, QuestionKind(kind), _paths(), {})
    context: dict[str, object] = {}
    if draft.is_valid():
        try:
            context["shown"] = preview(draft.item(), _stored_images(request))
        except QuestionNotValid as error:
            context["error"] = str(error)
    else:
        first = next(iter(draft.form.errors.values()), [_("Lengkapi isian yang ditandai.")])
        context["error"] = first[0]
    return render(request, "question_bank/preview.html", context)


def _stored_images(request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the images that the question named in the form has already."""
    try:
        question = Question.objects.filter(pk=uuid.UUID(request.POST.get("soal", ""))).first()
    except ValueError:
        return {}
    images = question.source.get("images", {}) if question else {}
    return {name: f"/berkas/{entry['file']}/" for name, entry in images.items()}
