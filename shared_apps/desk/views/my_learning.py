"""`/saya/`: one person's year, what waits, certificates and the ledger."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.models import Account
from shared_apps.accounts.requests import SignedInRequest
from shared_apps.desk import selectors
from shared_apps.desk.duty import meter_of
from shared_apps.desk.selectors import DeskItem
from shared_apps.notifications import selectors as notifications
from shared_apps.recognition import selectors as recognition
from tenants import hosts
from toolkit.access_rules import signed_in
from toolkit.whole_numbers import whole_number

MOST_CERTIFICATES = 100
_CERTIFICATE_FIELDS = (
    "code",
    "number",
    "title",
    "jp",
    "completed_on",
    "provider_name",
    "tenant_id",
    "kind",
    "uuid",
    "released",
    "revoked_at",
)


def _years(joined: int, current: int, asked: str) -> tuple[list[int], int]:
    """Return the years to choose from, newest first, and the one that is shown."""
    years = list(range(current, min(joined, current) - 1, -1))
    year = whole_number(asked, digits=4)
    return years, year if year in years else current


def _certificates(account: Account, waiting: list[DeskItem]) -> list[dict[str, Any]]:
    """Return the certificates with `survey_url` where the survey still stands before the PDF."""
    next_steps = {(item.tenant_id, item.kind, item.uuid): item.url for item in waiting}
    rows = recognition.certificates_of(account.pk).values(*_CERTIFICATE_FIELDS)
    certificates = []
    for row in rows[:MOST_CERTIFICATES]:
        if not row["released"] and row["revoked_at"] is None:
            key = (row["tenant_id"], row["kind"], row["uuid"])
            row["survey_url"] = next_steps.get(key) or hosts.tenant_url(row["tenant_id"])
        certificates.append(row)
    return certificates


@signed_in
@require_safe
def my_learning(request: SignedInRequest) -> HttpResponse:
    """JP of a year against the target, what to resume, certificates and ledger lines."""
    account = request.user
    current = timezone.localdate().year
    joined = timezone.localtime(account.date_joined).year
    years, year = _years(joined, current, request.GET.get("tahun", ""))
    identity = accounts.identity_of(account.pk)
    kind = identity.kind if identity else ""
    figures = recognition.person_year(account.pk, year, kind=kind)
    waiting = selectors.open_items(account.pk)
    return render(
        request,
        "desk/my_learning.html",
        {
            "identity": identity,
            "year": year,
            "years": years,
            "figures": figures,
            "meter": meter_of(figures, kind=kind, year=year),
            "waiting": waiting,
            "unread": notifications.unread_count(account.pk),
            "most_counted": notifications.MOST_COUNTED,
            "finished": selectors.recent_done(account.pk),
            "certificates": _certificates(account, waiting),
            "ledger": recognition.ledger_of(account.pk, year),
        },
    )
