"""Item analysis of each test: `/kelola/soal/analisis/`."""

from typing import Any

from django.db.models import Count, ExpressionWrapper, F, FloatField, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import Topic
from tenant_apps.question_bank import selectors as question_bank
from tenant_apps.question_bank.models import ItemStatistic
from toolkit.access_rules import needs
from toolkit.tables import Column, Listing


def _crumbs(here: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("questions"), "label": _("Bank soal")},
        {"url": reverse("analysed_tests"), "label": _("Analisis butir")},
        {"url": "", "label": here},
    ]


@needs("question.view")
@require_safe
def test_list(request: HttpRequest) -> HttpResponse:
    """The tests whose answers were counted."""
    rows = (
        ItemStatistic.objects.values("subject_uuid", "purpose")
        .annotate(questions=Count("question", distinct=True), most=Max("answers"))
        .order_by("-most")
    )
    topics = {topic.pk: topic for topic in Topic.objects.only("pk", "slug", "title")}
    tests = [
        {
            "title": topics[row["subject_uuid"]].title,
            "purpose": TestPurpose(row["purpose"]).label,
            "url": reverse(
                "test_analysis", args=[topics[row["subject_uuid"]].slug, row["purpose"]]
            ),
            "questions": row["questions"],
            "answers": row["most"],
        }
        for row in rows
        if row["subject_uuid"] in topics and row["purpose"] in TestPurpose.values
    ]
    return render(request, "learning/analysed_tests.html", {"tests": tests})


def _rows(topic: Topic, purpose: str) -> QuerySet[ItemStatistic]:
    return (
        ItemStatistic.objects.filter(subject_uuid=topic.pk, purpose=purpose, answers__gt=0)
        .select_related("question")
        .annotate(share=ExpressionWrapper(F("x") / F("answers"), output_field=FloatField()))
    )


def _analysed(rows: list[Any]) -> list[Any]:
    minimum = question_bank.minimum_answers()
    for row in rows:
        row.analysis = question_bank.analyse([row], None)
        row.findings = question_bank.findings(row.analysis, minimum)
        # Figures of a few answers say nothing; the sentence beside them says so.
        row.tells = row.answers >= minimum
    return rows


def _link(row: ItemStatistic) -> str:
    url = reverse("question", args=[row.question_id])
    return format_html('<a href="{}">{}</a>', url, row.question.code)


def _said(row: Any) -> str:
    telling = [each.text for each in row.findings if each.level == "warning"] or [
        row.findings[0].text
    ]
    return " ".join(telling)


@needs("question.view")
@require_safe
def test_analysis(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """The questions of one test: difficulty, discrimination, and what they mean."""
    if purpose not in TestPurpose.values:
        raise Http404
    topic = get_object_or_404(Topic, slug=slug)
    label = str(TestPurpose(purpose).label)
    columns = [
        Column("kode", gettext_lazy("Soal"), lambda row: row.question.code, ["question__code"],
               cell=_link),
        Column("versi", gettext_lazy("Versi"), lambda row: row.version, ["version"], numeric=True),
        Column("jawaban", gettext_lazy("Jawaban"), lambda row: row.answers, ["answers"],
               numeric=True),
        Column("p", gettext_lazy("Indeks kesulitan (p)"),
               lambda row: round(row.share, 3) if row.tells else None,
               ["share"], numeric=True, cell=lambda row: row.analysis.p_text if row.tells else "–"),
        Column("r", gettext_lazy("Daya beda (r)"),
               lambda row: round(row.analysis.r, 3)
               if row.tells and row.analysis.r is not None else None,
               numeric=True, cell=lambda row: row.analysis.r_text if row.tells else "–"),
        Column("arti", gettext_lazy("Artinya"), _said),
    ]  # fmt: skip
    found = Listing(
        params=request.GET, rows=_rows(topic, purpose), columns=columns, default="p",
        enrich=_analysed, name=f"analisis-{topic.slug}",
    )  # fmt: skip
    if found.wants_download:
        return found.download()
    return render(
        request,
        "learning/test_analysis.html",
        {"listing": found, "topic": topic, "label": label, "crumbs": _crumbs(topic.title)},
    )
