"""Blueprints of tests, and the tests that follow them: `/kelola/soal/kisi-kisi/`."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import TestPlan
from tenant_apps.learning.permissions import editable_topics
from tenant_apps.learning.services import plans
from tenant_apps.question_bank import selectors as question_bank
from tenant_apps.question_bank.choices import Difficulty, ReviewPolicy
from tenant_apps.question_bank.errors import BlueprintNotValid
from tenant_apps.question_bank.models import Blueprint
from tenant_apps.question_bank.selectors import Supply, category_paths
from tenant_apps.question_bank.services import blueprints as services
from tenant_apps.question_bank.services.blueprints import BlueprintValues, Part
from toolkit import indonesian
from toolkit.access_rules import needs
from toolkit.tables import Column, Listing
from toolkit.whole_numbers import whole_number

PREFIX = "bagian"
MORE_ROWS = 2
LOCAL = "%Y-%m-%dT%H:%M"


class BlueprintForm(forms.Form):
    """How a test is taken."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=120)
    minutes = forms.IntegerField(
        label=gettext_lazy("Batas waktu (menit)"),
        required=False,
        min_value=1,
        max_value=1440,
        help_text=gettext_lazy("Kosong: tanpa batas waktu."),
    )
    attempts = forms.IntegerField(
        label=gettext_lazy("Kesempatan post-test"),
        required=False,
        min_value=0,
        max_value=99,
        help_text=gettext_lazy("Kosong: menurut aturan unit pelatihan. 0: tanpa batas."),
    )
    cooldown_minutes = forms.IntegerField(
        label=gettext_lazy("Jeda antarkesempatan (menit)"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("Kosong: menurut aturan unit pelatihan."),
    )
    review = forms.ChoiceField(
        label=gettext_lazy("Peserta melihat kunci dan pembahasan"),
        choices=ReviewPolicy.choices,
        initial=ReviewPolicy.PASSED,
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Ditutup pada"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S"],
        help_text=gettext_lazy("Kosong: tidak ditutup."),
    )
    shuffle_questions = forms.BooleanField(
        label=gettext_lazy("Acak urutan soal"), required=False, initial=True
    )
    shuffle_options = forms.BooleanField(
        label=gettext_lazy("Acak urutan jawaban"), required=False, initial=True
    )


class PartForm(forms.Form):
    """One part; a row without a category is left out."""

    category = forms.ChoiceField(label=gettext_lazy("Kategori"), required=False)
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Kesulitan"),
        required=False,
        choices=[("", gettext_lazy("Semua")), *Difficulty.choices],
    )
    count = forms.IntegerField(
        label=gettext_lazy("Jumlah soal"), required=False, min_value=0, max_value=200
    )

    def __init__(self, *args: Any, paths: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the tenant's categories."""
        super().__init__(*args, **options)
        self.fields["category"] = forms.ChoiceField(
            label=self.fields["category"].label,
            required=False,
            choices=[("", _("Pilih …")), *paths],
        )


def _parts_form(data: Any, initial: Any, *, extra: int) -> BaseFormSet[PartForm]:
    paths = [(str(pk), path) for pk, path in category_paths().items()]
    kind = formset_factory(PartForm, extra=extra, max_num=40, absolute_max=40)
    return kind(data, prefix=PREFIX, initial=initial, form_kwargs={"paths": paths})


@needs("question.view")
@require_safe
def blueprint_list(request: HttpRequest) -> HttpResponse:
    """All blueprints."""
    columns = [
        Column(
            "nama", gettext_lazy("Nama"), lambda row: row.name, ["name"],
            cell=lambda row: format_html(
                '<a href="{}">{}</a>', reverse("blueprint", args=[row.pk]), row.name
            ),
        ),
        Column("soal", gettext_lazy("Soal"), lambda row: row.total, ["total"], numeric=True),
        Column("menit", gettext_lazy("Menit"), lambda row: row.minutes, ["minutes"], numeric=True),
        Column("bagian", gettext_lazy("Bagian"), lambda row: row.rows, numeric=True),
        Column("pembahasan", gettext_lazy("Pembahasan"), lambda row: row.get_review_display()),
        Column(
            "diubah", gettext_lazy("Diubah"), lambda row: row.changed_at, ["changed_at"],
            cell=lambda row: indonesian.date_time(row.changed_at),
        ),
    ]  # fmt: skip
    rows: QuerySet[Any] = Blueprint.objects.annotate(
        total=Sum("parts__count", default=0), rows=Count("parts")
    )
    found = Listing(
        params=request.GET, rows=rows, columns=columns, default="nama", name="kisi-kisi"
    )
    if found.wants_download:
        return found.download()
    return render(request, "learning/blueprints.html", {"listing": found})


def _initial(blueprint: Blueprint) -> dict[str, Any]:
    names = [name for name in BlueprintForm.base_fields if name != "version"]
    return {name: getattr(blueprint, name) for name in names}


@needs("question.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_blueprint(request: SignedInRequest, blueprint_id: uuid.UUID | None = None) -> HttpResponse:
    """Write a blueprint, see whether the bank suffices, and which tests follow it."""
    blueprint = get_object_or_404(Blueprint, pk=blueprint_id) if blueprint_id else None
    if request.method != "POST":
        form = BlueprintForm(initial=_initial(blueprint) if blueprint else None)
        rows = _rows_of(blueprint) if blueprint else []
        supply = (
            question_bank.supplies(list(blueprint.parts.order_by("position"))) if blueprint else []
        )
        return _page(
            request, blueprint, form, _parts_form(None, rows, extra=1 if rows else 3), supply
        )
    data = request.POST.copy()
    total = f"{PREFIX}-TOTAL_FORMS"
    rows_sent = whole_number(str(data.get(total, "")), digits=3)
    if "tambah" in data and rows_sent is not None:
        data[total] = str(min(rows_sent + MORE_ROWS, 40))
    form, parts = BlueprintForm(data), _parts_form(data, None, extra=0)
    if "tambah" in data:
        # Whoever only asks for more rows is not told yet what is missing.
        form.errors.clear()
        return _page(request, blueprint, form, parts, [], quiet=True)
    if not (form.is_valid() & parts.is_valid()):
        return _page(request, blueprint, form, parts, [])
    chosen = _chosen(parts)
    if "periksa" in data:
        unsaved = services.parts_of(blueprint or Blueprint(), chosen)
        return _page(request, blueprint, form, parts, question_bank.supplies(unsaved), quiet=True)
    values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "revision"}
    try:
        saved = services.save_blueprint(
            by=request.user,
            values=BlueprintValues(parts=chosen, **values),
            blueprint_id=blueprint_id,
            revision=form.cleaned_data["revision"] or 0,
        )
    except BlueprintNotValid as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, str(error))
        return _page(request, blueprint, form, parts, [])
    messages.success(request, _("Kisi-kisi {name} tersimpan.").format(name=saved.name))
    return HttpResponseRedirect(reverse("blueprint", args=[saved.pk]))


def _rows_of(blueprint: Blueprint) -> list[dict[str, Any]]:
    return [
        {"category": str(row.category_id), "difficulty": row.difficulty, "count": row.count}
        for row in blueprint.parts.order_by("position")
    ]


def _chosen(parts: BaseFormSet[PartForm]) -> list[Part]:
    rows = [row.cleaned_data for row in parts if row.cleaned_data.get("category")]
    return [Part(uuid.UUID(row["category"]), row["difficulty"], row["count"] or 0) for row in rows]


def _page(
    request: HttpRequest,
    blueprint: Blueprint | None,
    form: BlueprintForm,
    parts: BaseFormSet[PartForm],
    supply: Sequence[Supply],
    *,
    quiet: bool = False,
) -> HttpResponse:
    paths = category_paths() if supply else {}
    topics = editable_topics(request.user)
    plans_here = []
    if blueprint:
        plans_here = list(TestPlan.objects.filter(blueprint=blueprint).select_related("topic"))
    return render(
        request,
        "learning/blueprint.html",
        {
            "blueprint": blueprint,
            "form": form,
            "parts": parts,
            "quiet": quiet,
            "supply": [(row, paths[row.part.category_id]) for row in supply],
            "missing": sum(row.missing for row in supply),
            "plans": [
                {"topic": plan.topic, "purpose": plan.purpose,
                 "label": TestPurpose(plan.purpose).label}
                for plan in plans_here
            ],
            "topics": topics.order_by("title").values_list("slug", "title")
            if blueprint
            else [],
            "purposes": TestPurpose.choices,
            "crumbs": [
                {"url": reverse("questions"), "label": _("Bank soal")},
                {"url": reverse("blueprints"), "label": _("Kisi-kisi tes")},
                {"url": "", "label": blueprint.name if blueprint else _("Kisi-kisi baru")},
            ],
        },
        status=422 if form.is_bound and not quiet and (form.errors or parts.total_error_count())
        else 200,
    )  # fmt: skip


@needs("question.edit")
@require_POST
def attach(request: SignedInRequest, blueprint_id: uuid.UUID) -> HttpResponse:
    """Let a topic's test follow this blueprint, or its own numbers again."""
    blueprint = get_object_or_404(Blueprint, pk=blueprint_id)
    topic = editable_topics(request.user).filter(slug=request.POST.get("topik", "")).first()
    purpose = request.POST.get("tes", "")
    if topic is None or purpose not in TestPurpose.values:
        messages.error(request, _("Pilih topik dan tesnya."))
    elif "lepas" in request.POST:
        plans.attach(by=request.user, topic=topic, purpose=TestPurpose(purpose), blueprint=None)
        messages.success(request, _("Tes itu kembali memakai pengaturan topiknya."))
    else:
        plans.attach(
            by=request.user, topic=topic, purpose=TestPurpose(purpose), blueprint=blueprint
        )
        messages.success(request, _("Kisi-kisi berlaku untuk tes yang dimulai sejak sekarang."))
    return HttpResponseRedirect(reverse("blueprint", args=[blueprint.pk]))


@needs("question.edit")
@require_POST
def delete(request: SignedInRequest, blueprint_id: uuid.UUID) -> HttpResponse:
    """Delete a blueprint that no test follows."""
    blueprint = get_object_or_404(Blueprint, pk=blueprint_id)
    try:
        services.delete_blueprint(by=request.user, blueprint=blueprint)
    except BlueprintNotValid as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("blueprint", args=[blueprint_id]))
    messages.success(request, _("Kisi-kisi dihapus."))
    return HttpResponseRedirect(reverse("blueprints"))
