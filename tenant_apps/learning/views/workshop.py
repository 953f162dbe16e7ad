"""The workshop: all topics of the tenant, and what is done with one of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shared_apps.access.selectors import permissions_of
from tenant_apps.learning.choices import TopicState, VersionState
from tenant_apps.learning.errors import EditConflict, TopicNotValid
from tenant_apps.learning.forms import NewTopicForm, PropertiesForm
from tenant_apps.learning.models import Topic
from tenant_apps.learning.permissions import may_edit
from tenant_apps.learning.selectors import workshop as shelves
from tenant_apps.learning.selectors.completeness import missing_in
from tenant_apps.learning.services import drafts, review, workshop
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing

STATES = (
    ("published", gettext_lazy("Terbit")),
    ("draft", gettext_lazy("Draf terbuka")),
    ("review", gettext_lazy("Ditelaah")),
    ("archived", gettext_lazy("Arsip")),
)


def topic_or_404(slug: str) -> Topic:
    """Return a topic with its versions at hand; the view's rule has let in who works here."""
    topic = Topic.objects.select_related("draft", "current").filter(slug=slug).first()
    if topic is None:
        raise Http404
    return topic


def back_to(topic: Topic) -> HttpResponseRedirect:
    """Lead to the topic's page in the workshop."""
    return HttpResponseRedirect(reverse("workshop", args=[topic.slug]))


def crumbs(topic: Topic, here: str = "") -> list[dict[str, str]]:
    """Return the breadcrumb of a page of the workshop."""
    title = shelves.newest(topic)
    parts = [
        {"label": _("Topik"), "url": reverse("workshop_shelf")},
        {"label": (title or topic).title, "url": reverse("workshop", args=[topic.slug])},
    ]
    return [*parts, {"label": here, "url": ""}] if here else [parts[0], {**parts[1], "url": ""}]


def state_text(topic: Topic) -> str:
    """Return the topic's state in words, with that of its open draft."""
    words = [str(TopicState(topic.state).label)]
    draft = topic.draft
    if draft is not None and topic.state != TopicState.DRAFT:
        words.append(_("draf versi {number}").format(number=draft.number))
    if draft is not None and draft.state == VersionState.REVIEW:
        words.append(_("ditelaah"))
    return ", ".join(words)


def _title(topic: Topic) -> object:
    return format_html(
        '<a href="{}">{}</a>',
        reverse("workshop", args=[topic.slug]),
        topic.title if topic.current_id else (shelves.newest(topic) or topic).title,
    )


@needs("topic.view_all")
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """List all topics with their state and the numbers of their learners."""
    listing = Listing(
        params=request.GET,
        rows=shelves.shelf(),
        name="topik",
        default="title",
        columns=[
            Column("title", _("Judul"), lambda row: row.title, order=["title"], cell=_title),
            Column("state", _("Status"), state_text, order=["state"]),
            Column(
                "version", _("Versi"), lambda row: row.version or None, ["version"], numeric=True
            ),
            Column(
                "jp",
                _("JP"),
                lambda row: row.jp,
                ["jp"],
                numeric=True,
                cell=lambda row: indonesian.jp(row.jp or 0),
            ),
            Column("learners", _("Peserta"), lambda row: row.learners, ["learners"], numeric=True),
            Column("finished", _("Selesai"), lambda row: row.finished, ["finished"], numeric=True),
            Column(
                "updated",
                _("Diubah"),
                lambda row: row.updated_at,
                ["updated_at"],
                cell=lambda row: indonesian.date_time(row.updated_at),
            ),
        ],
        filters=[
            Filter("q", _("Judul"), lambda rows, value: rows.filter(title__icontains=value)),
            Filter("status", _("Status"), shelves.with_state, STATES),
        ],
    )
    if listing.wants_download:
        return listing.download()
    may_add = "topic.edit" in permissions_of(request.user, current_tenant())
    return render(request, "learning/workshop/shelf.html", {"listing": listing, "may_add": may_add})


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Make a topic from a title; the address follows from it."""
    form = NewTopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            topic = workshop.create_topic(by=request.user, **form.cleaned_data)
        except TopicNotValid as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return back_to(topic)
    return render(
        request,
        "learning/workshop/create.html",
        {
            "form": form,
            "crumbs": [
                {"label": _("Topik"), "url": reverse("workshop_shelf")},
                {"label": _("Topik baru"), "url": ""},
            ],
        },
        status=422 if form.errors else 200,
    )


@needs("topic.view_all")
@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: its draft or published version, what is missing, its versions, what to do."""
    return show_topic(request, topic_or_404(slug))


def show_topic(
    request: HttpRequest, topic: Topic, *, remark: str = "", refusal: str = ""
) -> HttpResponse:
    """Draw the topic's page; `refusal` says why the note that was typed cannot be kept."""
    version = shelves.newest(topic)
    allowed = permissions_of(request.user, current_tenant())
    editable = may_edit(request.user, topic)
    draft = topic.draft
    in_review = draft is not None and draft.state == VersionState.REVIEW
    required = review.review_required()
    category = topic.categories.order_by("code").first()
    mine = draft is not None and required and review.wrote(request.user, draft)
    return render(
        request,
        "learning/workshop/topic.html",
        {
            "topic": topic,
            "version": version,
            "state": state_text(topic),
            "crumbs": crumbs(topic),
            "sections": list(version.sections.all()) if version else [],
            "missing": missing_in(topic, version) if draft and version else [],
            "versions": shelves.versions_of(topic),
            "agencies": shelves.agency_names(version.agencies) if version else [],
            "owner": shelves.name_of(topic.owner_id),
            "may_edit": editable,
            "may_share": editable
            and (topic.owner_id == request.user.pk or "topic.publish" in allowed),
            "writing": editable and shelves.is_open(draft),
            "in_review": in_review,
            "may_review": in_review and "topic.review" in allowed,
            "may_publish": draft is not None
            and topic.state != TopicState.ARCHIVED
            and "topic.publish" in allowed
            and (in_review or (editable and not required)),
            "wrote_it": mine,
            "review_required": required,
            "questions_url": f"/kelola/soal/?kategori={category.pk}" if category else "",
            "may_see_questions": "question.view" in allowed,
            "people_url": f"/kelola/peserta/?topik={topic.slug}"
            if "participant.view" in allowed
            else "",
            "remark": remark,
            "refusal": refusal,
        },
        status=422 if refusal else 200,
    )


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def properties(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of all that a draft says of its topic, but its sections."""
    topic = topic_or_404(slug)
    draft = topic.draft
    if not may_edit(request.user, topic):
        raise PermissionDenied
    if draft is None or draft.state != VersionState.DRAFT:
        return back_to(topic)
    form = PropertiesForm(request.POST or None, topic=topic, version=draft)
    conflict: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            drafts.save_properties(
                by=request.user,
                topic=topic,
                values=form.values(),
                revision=form.cleaned_data["revision"],
                slug=form.cleaned_data.get("slug", ""),
            )
        except EditConflict as refusal:
            form.add_error(None, str(refusal))
            conflict = _conflict(request.POST, form, topic, refusal)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Isian tersimpan."))
            return back_to(topic_by_pk(topic))
    status = 409 if conflict else 422 if form.errors else 200
    return render(
        request,
        "learning/workshop/properties.html",
        {
            "topic": topic,
            "form": form,
            "conflict": conflict,
            "crumbs": crumbs(topic, _("Isian topik")),
        },
        status=status,
    )


def topic_by_pk(topic: Topic) -> Topic:
    """Return the topic as stored now; its address may have changed."""
    return Topic.objects.select_related("draft", "current").get(pk=topic.pk)


def _conflict(
    posted: QueryDict, form: PropertiesForm, topic: Topic, refusal: EditConflict
) -> list[dict[str, Any]]:
    """Return the fields that differ with both values; the next saving is by the new revision."""
    stored = PropertiesForm(topic=topic, version=refusal.stored)
    data = posted.copy()
    data["revision"] = str(refusal.stored.revision)
    form.data = data
    return [
        {"label": form[name].label, "mine": form[name].value(), "stored": stored[name].value()}
        for name in form.fields
        if name not in {"revision", "slug"}
        and str(form[name].value()).split() != str(stored[name].value() or "").split()
    ]
