"""Content packs: a topic as a zip to take along, and packs that are brought in."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tenant_apps.learning.errors import TopicNotValid
from tenant_apps.learning.services import export, package
from tenant_apps.learning.views.workshop import back_to, topic_or_404
from toolkit.access_rules import needs
from toolkit.errors import DomainError


@needs("question.view")
@require_safe
def export_topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send a topic as a content pack, for who may read its questions with their keys."""
    topic = topic_or_404(slug)
    # The file has no name on the disk, so that nothing stays behind.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paket.zip"
        try:
            export.export_topic(by=request.user, topic=topic, to=path)
        except TopicNotValid as refusal:
            file.close()
            messages.warning(request, str(refusal))
            return back_to(topic)
        file.write(path.read_bytes())
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{topic.slug}.zip", content_type="application/zip"
    )


@needs("topic.edit")
@require_http_methods(["GET", "POST"])
def import_packs(request: HttpRequest) -> HttpResponse:
    """Look a zip of packs through; without faults and if asked for, import it as drafts."""
    upload = request.FILES.get("file")
    found: list[package.Found] = []
    refusal = ""
    if request.method == "POST" and upload is None:
        refusal = _("Pilih berkas ZIP dahulu.")
    elif request.method == "POST" and upload is not None:
        with tempfile.TemporaryDirectory() as folder:
            path, name = _on_disk(upload, folder), Path(upload.name or "paket.zip").name
            try:
                with package.looked_through(by=request.user, path=path, name=name) as rows:
                    found = rows
                if "impor" in request.POST and not any(row.faults for row in found):
                    topics = package.import_drafts(by=request.user, path=path, name=name)
                    messages.success(
                        request,
                        ngettext(
                            "{count} topik diimpor sebagai draf.",
                            "{count} topik diimpor sebagai draf.",
                            len(topics),
                        ).format(count=len(topics)),
                    )
                    if len(topics) == 1:
                        return back_to(topics[0])
                    return HttpResponseRedirect(reverse("workshop_shelf"))
            except DomainError as fault:
                refusal = str(fault)
    faults = any(row.faults for row in found)
    return render(
        request,
        "learning/workshop/import.html",
        {
            "found": found,
            "faults": faults,
            "refusal": refusal,
            "crumbs": [
                {"label": _("Topik"), "url": reverse("workshop_shelf")},
                {"label": _("Impor paket materi"), "url": ""},
            ],
        },
        status=422 if refusal or faults else 200,
    )


def _on_disk(upload: UploadedFile, folder: str) -> Path:
    """Return a path to the upload's bytes; large ones lie on the disk already."""
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    path = Path(folder) / "paket.zip"
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return path
