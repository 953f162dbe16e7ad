"""The portal's front page: for strangers what Lintas is, for a person where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.catalog import selectors as catalog
from shared_apps.desk import selectors
from shared_apps.desk.duty import meter_of
from shared_apps.recognition import selectors as recognition
from toolkit.access_rules import public

NEWEST_SHOWN = 6
RESUME_SHOWN = 2


@public
@require_safe
def portal_home(request: HttpRequest) -> HttpResponse:
    """What Lintas is, the search, the newest topics; for a person also JP and what to resume."""
    context: dict[str, object] = {
        "entries": catalog.newest(request.user).entries[:NEWEST_SHOWN],
    }
    if request.user.is_authenticated:
        year = timezone.localdate().year
        identity = accounts.identity_of(request.user.pk)
        kind = identity.kind if identity else ""
        figures = recognition.person_year(request.user.pk, year, kind=kind)
        context |= {
            "meter": meter_of(figures, kind=kind, year=year),
            "figures": figures,
            "year": year,
            "resume": selectors.open_items(request.user.pk, limit=RESUME_SHOWN),
        }
    return render(request, "desk/portal_home.html", context)
