"""Co-authors of one topic: `/kelola/topik/<slug>/penulis/`."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.administration.selectors import co_authors as selectors
from tenant_apps.administration.services import co_authors as services
from tenant_apps.learning.models import Topic
from toolkit.access_rules import needs
from toolkit.errors import DomainError


class CoAuthorForm(forms.Form):
    """Which of the tenant's writers is named."""

    person = forms.TypedChoiceField(label=gettext_lazy("Penyusun materi"), coerce=uuid.UUID)

    def __init__(self, *args: object, people: list[tuple[str, str]], **kwargs: object) -> None:
        """Offer `people` as (key, name)."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["person"].choices = people  # type: ignore[attr-defined]


@needs("topic.view_all")
@never_cache
def co_authors(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who writes this topic; its owner and who runs the unit name others."""
    topic = get_object_or_404(Topic, slug=slug)
    named, free = selectors.co_authors(topic), selectors.candidates(topic)
    owner = [topic.owner_id] if topic.owner_id else []
    people = accounts.holders([*named, *free, *owner])
    options = sorted(((str(key), people[key].name) for key in free), key=lambda each: each[1])
    form = CoAuthorForm(request.POST if request.method == "POST" else None, people=options)
    if request.method == "POST":
        if not selectors.may_name(request.user, topic):
            raise PermissionDenied
        if form.is_valid():
            person = form.cleaned_data["person"]
            try:
                services.name_co_author(by=request.user, topic=topic, account_id=person)
            except DomainError as error:
                form.add_error(error.field or None, str(error))
            else:
                text = _("{name} kini ikut menyusun topik ini.")
                messages.success(request, text.format(name=people[person].name))
                return redirect("co_authors", slug)
    context = {
        "topic": topic,
        "form": form,
        "owner": people[topic.owner_id].name if topic.owner_id else "",
        "named": sorted(((key, people[key].name) for key in named), key=lambda each: each[1]),
        "free": bool(free),
        "may_name": selectors.may_name(request.user, topic),
        "crumbs": [
            {"url": reverse("workshop_shelf"), "label": _("Topik")},
            {"url": reverse("workshop", args=[slug]), "label": topic.title},
            {"url": "", "label": _("Penyusun")},
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "administration/co_authors.html", context, status=status)


@needs("topic.view_all")
@require_POST
def co_author_remove(request: SignedInRequest, slug: str, account_id: uuid.UUID) -> HttpResponse:
    """Take the right on this topic back."""
    topic = get_object_or_404(Topic, slug=slug)
    services.remove_co_author(by=request.user, topic=topic, account_id=account_id)
    messages.success(request, _("Penyusun bersama dilepas dari topik ini."))
    return redirect("co_authors", slug)
