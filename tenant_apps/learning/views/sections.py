"""The sections of a draft: the editor with autosave, the preview, order, files."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenant_apps.files.selectors import Kept, files_of
from tenant_apps.learning.errors import EditConflict
from tenant_apps.learning.models import Section, Topic
from tenant_apps.learning.permissions import may_edit
from tenant_apps.learning.selectors import workshop as shelves
from tenant_apps.learning.services import attachments, drafts
from tenant_apps.learning.services.material import render_section
from tenant_apps.learning.views.shared import with_players
from tenant_apps.learning.views.workshop import back_to, crumbs, topic_or_404
from tenants.choices import ThingKind
from toolkit import indonesian
from toolkit.access_rules import needs
from toolkit.errors import DomainError


def _topic_to_edit(request: HttpRequest, slug: str) -> Topic:
    topic = topic_or_404(slug)
    if not may_edit(request.user, topic):
        raise PermissionDenied
    return topic


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@needs("topic.edit")
@require_POST
def add_section(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a section and open it in the editor."""
    topic = _topic_to_edit(request, slug)
    try:
        section = drafts.add_section(
            by=request.user, topic=topic, title=request.POST.get("title", "")
        )
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return back_to(topic)
    return HttpResponseRedirect(reverse("workshop_section", args=[topic.slug, section.key]))


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def section_editor(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The editor; a POST that accepts JSON is an autosave and gets a receipt."""
    topic = _topic_to_edit(request, slug)
    section = shelves.section_of(topic.draft, key)
    if section is None or not shelves.is_open(topic.draft):
        if _wants_json(request):
            return JsonResponse(
                {"message": _("Bagian ini tidak dapat disunting lagi.")}, status=410
            )
        if section is None:
            raise Http404
        return back_to(topic)
    if request.method == "POST":
        return _save(request, topic, section)
    return _editor(request, topic, section)


def _save(request: HttpRequest, topic: Topic, section: Section) -> HttpResponse:
    title, text = request.POST.get("title", ""), request.POST.get("markdown", "")
    try:
        saved = drafts.save_section(
            by=request.user,
            topic=topic,
            key=section.key,
            title=title,
            text=text,
            revision=_revision(request),
        )
    except EditConflict as refusal:
        return _conflict(request, topic, section, refusal)
    except DomainError as refusal:
        if _wants_json(request):
            return JsonResponse({"message": str(refusal)}, status=422)
        section.title, section.markdown = title, text
        return _editor(request, topic, section, refusal=refusal)
    if _wants_json(request):
        at = indonesian.clock_time(saved.updated_at)
        return JsonResponse({"revision": saved.revision, "saved_at": at, "key": saved.key})
    messages.success(request, _("Bagian tersimpan."))
    if request.POST.get("lalu") == "topik":
        return back_to(topic)
    return HttpResponseRedirect(request.path)


def _conflict(
    request: HttpRequest, topic: Topic, section: Section, refusal: EditConflict
) -> HttpResponse:
    """Show both texts; the next saving is by the revision of the other one."""
    stored: Section = refusal.stored
    who = shelves.name_of(stored.editor_id)
    if _wants_json(request):
        at = indonesian.clock_time(stored.updated_at)
        return JsonResponse({"message": str(refusal), "by": who, "at": at}, status=409)
    mine = Section(
        key=section.key,
        title=request.POST.get("title", ""),
        markdown=request.POST.get("markdown", ""),
        revision=stored.revision,
    )
    return render(
        request,
        "learning/workshop/conflict.html",
        {
            "topic": topic,
            "mine": mine,
            "stored": stored,
            "who": who,
            "crumbs": crumbs(topic, section.title),
        },
        status=409,
    )


def _editor(
    request: HttpRequest, topic: Topic, section: Section, refusal: DomainError | None = None
) -> HttpResponse:
    html = section.html
    if refusal is not None:
        html = render_section(section.markdown, topic_id=topic.pk, key=section.key)
    response = render(
        request,
        "learning/workshop/editor.html",
        {
            "topic": topic,
            "section": section,
            "html": html,
            "refusal": refusal,
            "saved_by": shelves.name_of(section.editor_id),
            "crumbs": crumbs(topic, section.title),
        },
        status=422 if refusal else 200,
    )
    return with_players(response)


@needs("topic.edit")
@require_POST
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Return what Markdown looks like to readers, without keeping it."""
    topic = _topic_to_edit(request, slug)
    text = request.POST.get("markdown", "")[: drafts.LONGEST_TEXT]
    return HttpResponse(render_section(text, topic_id=topic.pk, key="pratinjau"))


@needs("topic.edit")
@require_POST
def move_section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Move a section up or down by one place."""
    topic = _topic_to_edit(request, slug)
    try:
        drafts.move_section(
            by=request.user, topic=topic, key=key, up=request.POST.get("arah") == "naik"
        )
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(reverse("workshop", args=[topic.slug]) + "#bagian")


@needs("topic.edit")
@require_POST
def order_sections(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the order that was dragged."""
    topic = _topic_to_edit(request, slug)
    try:
        drafts.order_sections(by=request.user, topic=topic, keys=request.POST.getlist("key"))
    except DomainError as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    return JsonResponse({"message": _("Urutan tersimpan.")})


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def delete_section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ask once, then take the section out of the draft."""
    topic = _topic_to_edit(request, slug)
    section = shelves.section_of(topic.draft, key)
    if section is None:
        return back_to(topic)
    if request.method == "POST":
        try:
            drafts.delete_section(by=request.user, topic=topic, key=key)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Bagian dihapus dari draf."))
        return back_to(topic)
    return render(
        request,
        "learning/workshop/delete_section.html",
        {"topic": topic, "section": section, "crumbs": crumbs(topic, section.title)},
    )


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def topic_files(request: HttpRequest, slug: str) -> HttpResponse:
    """The topic's files with the line that shows each; a POST keeps one more.

    A POST that accepts JSON comes from the editor and gets that line back.
    """
    topic = _topic_to_edit(request, slug)
    refusal = ""
    if request.method == "POST":
        upload, alt = request.FILES.get("file"), " ".join(request.POST.get("alt", "").split())
        if upload is None:
            refusal = _("Pilih berkas dahulu.")
        elif not alt and not (upload.name or "").lower().endswith((".pdf", ".mp4", ".webm")):
            refusal = _("Tulis teks pengganti: apa yang terlihat di gambar ini.")
        else:
            try:
                stored = attachments.attach(by=request.user, topic=topic, upload=upload)
            except DomainError as error:
                refusal = str(error)
            else:
                line = _line(stored.media_type, f"/berkas/{stored.pk}/", alt)
                if _wants_json(request):
                    return JsonResponse({"markdown": line, "name": stored.name})
                messages.success(request, _("{name} tersimpan.").format(name=stored.name))
                return HttpResponseRedirect(request.path)
        if _wants_json(request):
            return JsonResponse({"message": refusal}, status=422)
    kept = files_of(owner_kind=ThingKind.TOPIC, owner_uuid=topic.pk)
    shown = shelves.shown_by(topic)
    return render(
        request,
        "learning/workshop/files.html",
        {
            "topic": topic,
            "refusal": refusal,
            "alt": request.POST.get("alt", ""),
            "can_add": shelves.is_open(topic.draft),
            "rows": [
                {"file": file, "line": _line_of(file), "versions": shown.get(file.pk, [])}
                for file in kept
            ],
            "crumbs": crumbs(topic, _("Berkas")),
        },
        status=422 if refusal else 200,
    )


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def delete_file(request: HttpRequest, slug: str, file_id: uuid.UUID) -> HttpResponse:
    """Ask once, then delete a file that no version shows."""
    topic = _topic_to_edit(request, slug)
    back = HttpResponseRedirect(reverse("workshop_files", args=[topic.slug]))
    kept = files_of(owner_kind=ThingKind.TOPIC, owner_uuid=topic.pk)
    file = next((each for each in kept if each.pk == file_id), None)
    if file is None:
        return back
    if request.method == "POST":
        try:
            name = attachments.detach(by=request.user, topic=topic, file_id=file_id)
        except DomainError as refusal:
            messages.warning(request, str(refusal))
        else:
            if name:
                messages.success(request, _("{name} dihapus.").format(name=name))
        return back
    return render(
        request,
        "learning/workshop/delete_file.html",
        {"topic": topic, "file": file, "crumbs": crumbs(topic, file.name)},
    )


def _line_of(file: Kept) -> str:
    return _line(file.media_type, file.address, _("tulis teks pengganti"))


def _line(media_type: str, address: str, alt: str) -> str:
    """Return the Markdown that shows a file."""
    if media_type.startswith("image/"):
        safe = alt.replace("[", "(").replace("]", ")").replace("\\", "/")
        return f"![{safe}]({address})"
    kind = "video" if media_type.startswith("video/") else "lampiran"
    return f"!{kind}({address})"
