"""Writing the register, the same for LAN and for tenants; the views that carry the rule call it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from shared_apps.regulations import permissions, selectors, services
from shared_apps.regulations.choices import RelationKind
from shared_apps.regulations.forms import AddForm, ChangeForm, RelationForm, initial_of
from shared_apps.regulations.models import Regulation, Relation
from shared_apps.regulations.pages import listing_of, status_tag
from toolkit.errors import DomainError


def _place() -> dict[str, Any]:
    """Return the room's address and the frame of its pages."""
    if permissions.open_tenant() is None:
        return {"room": "/lan/regulasi/", "frame": "regulations/frame.html", "national": True}
    return {"room": "/kelola/regulasi/", "frame": "workspace.html", "national": False}


def list_page(request: HttpRequest) -> HttpResponse:
    """All regulations that this place writes."""
    listing = listing_of(request, selectors.written_here(), edit=True)
    if listing.wants_download:
        return listing.download()
    return render(request, "regulations/editing/list.html", {"listing": listing, **_place()})


def add_page(request: HttpRequest) -> HttpResponse:
    """Add a regulation."""
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = services.add(by=request.user, values=form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("{label} tercatat.").format(label=row.label))
            return HttpResponseRedirect(f"{_place()['room']}{row.key}/")
    return render(
        request,
        "regulations/editing/add.html",
        {"form": form, **_place()},
        status=422 if form.is_bound else 200,
    )


def _found(key: str) -> Regulation:
    row = selectors.written_here().filter(key=key[:60]).first()
    if row is None:
        raise Http404
    return row


def change_page(request: HttpRequest, key: str) -> HttpResponse:
    """Change what the register says, mark it as checked, and note what it does to others."""
    row = _found(key)
    asked = request.POST.get("aksi", "") if request.method == "POST" else ""
    form = ChangeForm(request.POST if asked == "ubah" else None, initial=initial_of(row))
    relation = RelationForm(request.POST if asked == "hubungkan" else None, prefix="hubungan")
    try:
        if asked == "periksa":
            services.check(by=request.user, regulation=row)
            messages.success(request, _("Tercatat sudah diperiksa."))
            return HttpResponseRedirect(request.path)
        if asked == "ubah" and form.is_valid():
            services.change(by=request.user, regulation=row, values=form.cleaned_data)
            messages.success(request, _("Perubahan tersimpan."))
            return HttpResponseRedirect(request.path)
    except DomainError as refusal:
        form = ChangeForm(
            request.POST if asked == "ubah" else initial_of(row), initial=initial_of(row)
        )
        form.add_error(refusal.field or None, str(refusal))
    if asked == "hubungkan" and relation.is_valid() and _relate(request, row, relation):
        return HttpResponseRedirect(request.path + "#hubungan")
    suffered, done = selectors.relations_of(row)
    return render(
        request,
        "regulations/editing/change.html",
        {
            "regulation": row,
            "status": status_tag(row),
            "form": form,
            "relation": relation,
            "suffered": suffered,
            "done": done,
            **_place(),
        },
        status=422 if form.is_bound or relation.is_bound else 200,
    )


def _relate(request: HttpRequest, row: Regulation, form: RelationForm) -> bool:
    values = form.cleaned_data
    try:
        services.relate(
            by=request.user,
            source=row,
            kind=values["kind"],
            target=values["other"],
            article=values["article"],
            checked=values["checked"],
        )
    except DomainError as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return False
    done = _("Tercatat: {source} {verb} {target}.").format(
        source=row.label, verb=RelationKind(values["kind"]).label, target=values["other"].label
    )
    messages.success(request, done)
    return True


def relation_page(request: HttpRequest, relation_id: uuid.UUID) -> HttpResponse:
    """Mark a relation as checked, or take it back after asking once."""
    row = Relation.objects.select_related("source", "target").filter(pk=relation_id).first()
    if row is None or not permissions.may_write(request.user, row.source):
        raise Http404
    place = _place()
    if request.method == "POST":
        if request.POST.get("aksi") == "batalkan":
            services.unrelate(by=request.user, relation=row)
            messages.success(request, _("Hubungan dihapus, statusnya dipulihkan."))
        else:
            services.check_relation(by=request.user, relation=row)
            messages.success(request, _("Tercatat sudah diperiksa."))
        return HttpResponseRedirect(f"{place['room']}{row.source.key}/#hubungan")
    return render(request, "regulations/editing/relation.html", {"relation": row, **place})
