"""Versions of a topic: what changed, and how each looks to a participant."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shared_apps.recognition import selectors as certificates
from tenant_apps.learning import rules
from tenant_apps.learning.models import Topic, TopicVersion
from tenant_apps.learning.selectors import changes
from tenant_apps.learning.selectors import workshop as shelves
from tenant_apps.learning.selectors.topics import show_as
from tenant_apps.learning.views.shared import with_players
from tenant_apps.learning.views.workshop import crumbs, topic_or_404
from tenants.schemas import current_tenant
from toolkit.access_rules import needs

LABELS = {
    "title": gettext_lazy("Judul"),
    "summary": gettext_lazy("Ringkasan isi"),
    "goals": gettext_lazy("Tujuan belajar"),
    "regulations": gettext_lazy("Peraturan acuan"),
    "keywords": gettext_lazy("Kata kunci"),
    "jp": gettext_lazy("JP"),
    "visibility": gettext_lazy("Terlihat oleh"),
    "agencies": gettext_lazy("Instansi terpilih"),
    "pass_percent": gettext_lazy("Nilai lulus (%)"),
    "questions_per_test": gettext_lazy("Soal per tes"),
    "certificate_template": gettext_lazy("Templat sertifikat"),
    "certificate_code": gettext_lazy("Kode topik di nomor sertifikat"),
}


def _version(topic: Topic, number: int | None) -> TopicVersion:
    if number is None:
        found = shelves.newest(topic)
    else:
        found = topic.versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@needs("topic.view_all")
@require_safe
def version_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a version says differently from the one before it."""
    topic = topic_or_404(slug)
    version = _version(topic, number)
    before = topic.versions.filter(number__lt=number).order_by("-number").first()
    values = changes.value_changes(before, version) if before else []
    names: dict[str, str] = {}
    if any(row.label == "certificate_template" for row in values):
        found = certificates.template_names(current_tenant())
        names = {str(template_id): name for template_id, name in found.items()}
    shown = [
        (LABELS[each.label], *(names.get(text, text) for text in (each.before, each.after)))
        for each in values
    ]
    return render(
        request,
        "learning/workshop/version.html",
        {
            "topic": topic,
            "version": version,
            "before": before,
            "author": shelves.name_of(version.author_id),
            "reviewer": shelves.name_of(version.reviewer_id),
            "values": shown,
            "sections": changes.section_changes(before, version) if before else [],
            "crumbs": crumbs(topic, _("Versi {number}").format(number=number)),
        },
    )


def _asked(request: HttpRequest) -> int | None:
    text = request.GET.get("versi", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


@needs("topic.view_all")
@require_safe
def as_participant(request: HttpRequest, slug: str, key: str = "") -> HttpResponse:
    """Walk through a version as a participant would; nothing is written.

    `?versi=` names a version, else it is the draft, else the published one.
    """
    topic = topic_or_404(slug)
    version = _version(topic, _asked(request))
    show_as(topic, version)
    sections = list(version.sections.all())
    keys = [section.key for section in sections]
    if key and key not in keys:
        raise Http404
    index = keys.index(key) if key else -1
    response = render(
        request,
        "learning/workshop/preview_section.html" if key else "learning/workshop/preview.html",
        {
            "topic": topic,
            "version": version,
            "sections": sections,
            "section": sections[index] if key else None,
            "number": index + 1,
            "before": sections[index - 1] if index > 0 else None,
            "after": sections[index + 1] if key and index + 1 < len(sections) else None,
            "first": sections[0] if sections else None,
            "limits": rules.test_rules(topic, tenant_id=current_tenant().pk),
            "query": f"?versi={version.number}",
        },
    )
    return with_players(response)
