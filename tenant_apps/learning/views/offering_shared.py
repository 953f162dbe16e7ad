"""What the workspace's pages of one offering have in common."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tenant_apps.learning.models import Offering
from tenants.schemas import current_tenant
from toolkit.indonesian import zone_name


@dataclass(frozen=True)
class Tab:
    """One page of an offering in its row of pages."""

    label: str
    url: str
    active: bool


PAGES = (
    ("offering", "offering.view"),
    ("offering_people", "participant.view"),
    ("offering_attendance", "attendance.record"),
    ("offering_proposals", "offering.manage"),
    ("offering_letters", "offering.manage"),
)


def _labels() -> dict[str, str]:
    return {
        "offering": _("Ringkasan"),
        "offering_people": _("Peserta"),
        "offering_attendance": _("Kehadiran"),
        "offering_proposals": _("Usulan"),
        "offering_letters": _("Surat panggilan"),
    }


def find_offering(slug: str) -> Offering:
    """Return an offering of the tenant; 404 for none."""
    return get_object_or_404(Offering.objects.select_related("topic", "learning_path"), slug=slug)


def frame(offering: Offering, page: str, here: Any = "") -> dict[str, Any]:
    """Return what every page of an offering shows: crumbs and the row of its pages."""
    labels = _labels()
    crumbs = [
        {"label": _("Kelas"), "url": reverse("offerings")},
        {"label": offering.full_title, "url": reverse("offering", args=[offering.slug])},
        {"label": here or labels[page], "url": ""},
    ]
    hidden = set() if offering.meets else {"offering_attendance"}
    return {
        "offering": offering,
        "crumbs": crumbs,
        "tabs": [
            (
                permission,
                Tab(labels[name], reverse(name, args=[offering.slug]), name == page),
            )
            for name, permission in PAGES
            if name not in hidden
        ],
    }


def zone_label() -> str:
    """Return the name of the tenant's zone: WIB, WITA or WIT."""
    return zone_name(current_tenant().time_zone)


def in_room_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view read and show times in the tenant's zone: those of its rooms."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with timezone.override(current_tenant().time_zone):
            return view(request, *args, **kwargs)

    return wrapped
