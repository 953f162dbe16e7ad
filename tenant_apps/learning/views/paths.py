"""Learning paths: their public pages, and where the training unit writes them."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared_apps.access.selectors import permissions_of
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.errors import EditConflict
from tenant_apps.learning.forms import PathForm
from tenant_apps.learning.models import LearningPath, Topic
from tenant_apps.learning.permissions import visible_paths
from tenant_apps.learning.selectors import paths as reads
from tenant_apps.learning.services import paths as services
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.access_rules import needs, public
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing

ENTRY = "urutan-"


@public
@require_safe
def path_list(request: HttpRequest) -> HttpResponse:
    """All paths of the tenant that this person may see."""
    paths = reads.with_totals(visible_paths(request.user).order_by("title"))
    return render(request, "learning/path_list.html", {"paths": paths})


@public
@require_safe
def path_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The topics of a path, how far the person is, and the one button to go on."""
    path = visible_paths(request.user).filter(slug=slug).first()
    if path is None:
        if not _works_here(request):
            raise Http404
        path = _path(slug)
    progress = reads.progress(path, request.user)
    return render(
        request,
        "learning/path.html",
        {
            "path": path,
            "progress": progress,
            "is_done": bool(progress.places) and progress.done == len(progress.places),
            "ring_text": _("{done} dari {all} JP di jalur ini").format(
                done=indonesian.jp(progress.jp_done), all=indonesian.jp(progress.jp)
            ),
        },
    )


def _works_here(request: HttpRequest) -> bool:
    return "topic.view_all" in permissions_of(request.user, current_tenant())


def _path(slug: str) -> LearningPath:
    path = LearningPath.objects.filter(slug=slug).first()
    if path is None:
        raise Http404
    return path


@needs("topic.view_all")
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """List the paths in the workspace."""
    listing = Listing(
        params=request.GET,
        rows=reads.with_totals(LearningPath.objects.all()),
        name="jalur-belajar",
        default="title",
        columns=[
            Column("title", _("Judul"), lambda row: row.title, ["title"], cell=_title),
            Column("state", _("Status"), lambda row: row.get_state_display(), ["state"]),
            Column(
                "ordered",
                _("Urutan"),
                lambda row: _("berurutan") if row.ordered else _("bebas"),
                ["ordered"],
            ),
            Column("topics", _("Topik"), lambda row: row.topics, ["topics"], numeric=True),
            Column(
                "jp",
                _("JP"),
                lambda row: row.jp,
                ["jp"],
                numeric=True,
                cell=lambda row: indonesian.jp(row.jp or 0),
            ),
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
            Filter(
                "status",
                _("Status"),
                lambda rows, value: rows.filter(state=value),
                TopicState.choices,
            ),
        ],
    )
    if listing.wants_download:
        return listing.download()
    may_add = "topic.edit" in permissions_of(request.user, current_tenant())
    return render(request, "learning/workshop/paths.html", {"listing": listing, "may_add": may_add})


def _title(path: LearningPath) -> object:
    return format_html('<a href="{}">{}</a>', reverse("path_edit", args=[path.slug]), path.title)


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def create_path(request: HttpRequest) -> HttpResponse:
    """Begin a path."""
    return _edit(request, LearningPath())


@needs("topic.view_all")
@require_http_methods(["GET", "POST"])
def edit_path(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a path with its topics in order; to be read by all who work here."""
    return _edit(request, _path(slug))


def _chosen(request: HttpRequest) -> list[uuid.UUID]:
    """Return the topics that were given a place, in the order of their numbers."""
    rows = []
    for name, value in request.POST.items():
        number = str(value).strip()
        if name.startswith(ENTRY) and number.isascii() and number.isdigit() and len(number) < 5:
            try:
                rows.append((int(number), uuid.UUID(name.removeprefix(ENTRY))))
            except ValueError:
                continue
    return [topic_id for _number, topic_id in sorted(rows)]


def _edit(request: HttpRequest, path: LearningPath) -> HttpResponse:
    new = path._state.adding
    allowed = permissions_of(request.user, current_tenant())
    form = PathForm(request.POST or None, path=path)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_path(
                by=request.user,
                path=None if new else path,
                values=form.values(),
                topic_ids=_chosen(request),
                revision=form.cleaned_data["revision"],
                slug=form.cleaned_data.get("slug", ""),
            )
        except EditConflict as refusal:
            form.add_error(None, str(refusal))
            data = request.POST.copy()
            data["revision"] = str(refusal.stored.revision)
            form.data = data
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Jalur tersimpan."))
            return HttpResponseRedirect(reverse("path_edit", args=[saved.slug]))
    return render(
        request,
        "learning/workshop/path.html",
        {
            "path": path,
            "new": new,
            "form": form,
            "rows": _topic_rows(request, path),
            "may_edit": "topic.edit" in allowed,
            "may_publish": "topic.publish" in allowed,
            "crumbs": [
                {"label": _("Jalur belajar"), "url": reverse("path_shelf")},
                {"label": path.title or _("Jalur baru"), "url": ""},
            ],
        },
        status=422 if form.errors else 200,
    )


def _topic_rows(request: HttpRequest, path: LearningPath) -> list[dict[str, Any]]:
    """Return all topics that can stand in a path, those that do first and in order."""
    places = dict(path.places.values_list("topic_id", "position")) if path.revision else {}
    rows = []
    for topic in Topic.objects.exclude(state=TopicState.ARCHIVED).order_by("title"):
        place = str(places.get(topic.pk, ""))
        if request.method == "POST":
            place = request.POST.get(f"{ENTRY}{topic.pk}", "")
        rows.append({"topic": topic, "name": f"{ENTRY}{topic.pk}", "place": place})
    return sorted(rows, key=lambda row: (places.get(row["topic"].pk, 10_000),))


@needs("topic.publish")
@require_POST
def publish_path(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a path, or take it away again."""
    path = _path(slug)
    try:
        if request.POST.get("arsipkan"):
            services.archive_path(by=request.user, path=path)
            messages.success(request, _("Jalur diarsipkan. Topiknya tetap ada."))
        else:
            services.publish_path(by=request.user, path=path)
            messages.success(request, _("Jalur terbit."))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(reverse("path_edit", args=[path.slug]))
