"""The confirmation queue: `/kelola/identitas/`."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts import nip
from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.choices import IdentityState
from shared_apps.employees import selectors as employees
from shared_apps.employees.names import same_name
from shared_apps.employees.selectors import Person
from tenant_apps.members.forms.identities import RejectionForm
from tenant_apps.members.permissions import CONFIRM
from tenant_apps.members.services import identities, matches
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError

PAGE_SIZE = 50
#: Filters in the order of the page: address part, states, whether it counts as waiting.
FILTERS: dict[str, tuple[str, ...]] = {
    "menunggu": (IdentityState.DECLARED, IdentityState.DISPUTED),
    "dipersoalkan": (IdentityState.DISPUTED,),
    "dikonfirmasi": (IdentityState.CONFIRMED,),
    "ditolak": (IdentityState.REJECTED,),
}


def _labels() -> dict[str, str]:
    return {
        "menunggu": _("Menunggu"),
        "dipersoalkan": _("Dipersoalkan"),
        "dikonfirmasi": _("Dikonfirmasi"),
        "ditolak": _("Ditolak"),
    }


def _row(identity: Any, rivals: list[Any], agency_id: int, person: Person | None) -> dict[str, Any]:
    """Return what the list shows of one identity; `person` is whom the staff list has there.

    A rival claim of another agency's person is only said to exist.
    """
    return {
        "pk": identity.pk,
        # The number as it is shown: only this one is confirmed by a press of the button.
        "seen": f"{identity.pk}:{identity.number}",
        "name": identity.account.name,
        "email": identity.account.email,
        "number": nip.format_number(identity.number),
        "kind": identity.get_kind_display(),
        "state": identity.state,
        "state_label": identity.get_state_display(),
        "declared_at": identity.declared_at,
        "decided_at": identity.decided_at,
        "decided_by": identity.decided_by.name if identity.decided_by else "",
        "reason": identity.reason,
        "staff_name": person.name if person else "",
        "name_differs": person is not None and not same_name(person.name, identity.account.name),
        "rivals": [
            {
                "name": rival.account.name,
                "email": rival.account.email,
                "state_label": rival.get_state_display(),
                "declared_at": rival.declared_at,
            }
            for rival in rivals
            if rival.agency_id == agency_id
        ],
        "rivals_elsewhere": any(rival.agency_id != agency_id for rival in rivals),
    }


@needs(CONFIRM)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """List the people of the tenant's own agency by the state of their identity."""
    agency = current_tenant().agency
    chosen = request.GET.get("status", "")
    chosen = chosen if chosen in FILTERS else "menunggu"
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = accounts.identities_of_agency(agency.pk, states=FILTERS[chosen], words=words)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    shown = list(page.object_list)
    rivals = accounts.other_claims(shown)
    staff = employees.by_numbers([row.number for row in shown], agency.pk)
    counts = accounts.state_counts(agency.pk)
    return render(
        request,
        "members/queue.html",
        {
            "agency": agency,
            "page": page,
            "rows": [
                _row(row, rivals.get(row.pk, []), agency.pk, staff.get(row.number)) for row in shown
            ],
            "filters": [
                {
                    "key": key,
                    "label": label,
                    "count": sum(counts[state] for state in FILTERS[key]),
                    "active": key == chosen,
                }
                for key, label in _labels().items()
            ],
            "chosen": chosen,
            "q": words,
            "can_confirm": chosen != "dikonfirmasi",
            "can_reject": chosen != "ditolak",
            "back": request.get_full_path(),
        },
    )


def _back(request: HttpRequest) -> str:
    """Return the list as it was filtered, or the whole queue."""
    asked = request.POST.get("kembali") or request.GET.get("kembali") or ""
    queue_url = reverse("members_queue")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe and asked.startswith(queue_url) else queue_url


def _own_identity(account_id: uuid.UUID) -> Any:
    """Return an identity of the tenant's agency; anybody else's is not there (404)."""
    identity = accounts.identity_of(account_id)
    if identity is None or identity.agency_id != current_tenant().agency_id:
        raise Http404
    return identity


def _people(request: HttpRequest) -> list[tuple[uuid.UUID, str]]:
    """Return the pressed button's person, else the ticked ones, as (account, number seen).

    Each is written `id:number`; text that is no id gives 404.
    """
    single = request.POST.get("orang")
    texts = [single] if single else request.POST.getlist("pilih")
    try:
        return [(uuid.UUID(key), seen) for key, _colon, seen in (t.partition(":") for t in texts)]
    except ValueError as error:
        raise Http404 from error


@needs(CONFIRM)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm one person, or all that are ticked."""
    people = _people(request)[:PAGE_SIZE]
    if len(people) == 1:
        _own_identity(people[0][0])
    done, refusals = identities.confirm_many(by=request.user, people=people)
    if done:
        text = ngettext(
            "Identitas %(count)d pegawai dikonfirmasi.",
            "Identitas %(count)d pegawai dikonfirmasi.",
            done,
        ) % {"count": done}
        messages.success(request, text)
    for refusal in refusals:
        messages.warning(request, refusal)
    if not people:
        messages.info(request, _("Pilih dahulu pegawai yang akan dikonfirmasi."))
    return HttpResponseRedirect(_back(request))


@needs(CONFIRM)
@require_POST
def match(request: HttpRequest) -> HttpResponse:
    """Match those who wait with the staff list, as a job."""
    return HttpResponseRedirect(reverse("job", args=[matches.request(by=request.user).pk]))


@needs(CONFIRM)
def reject(request: HttpRequest, account_id: uuid.UUID) -> HttpResponse:
    """Reject one claim, with a reason."""
    identity = _own_identity(account_id)
    form = RejectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            identities.reject(
                by=request.user, account_id=account_id, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Identitas ditolak dan alasannya disimpan."))
            return HttpResponseRedirect(_back(request))
    return render(
        request,
        "members/rejection.html",
        {
            "form": form,
            "name": accounts.holder(account_id).name,
            "number": nip.format_number(identity.number),
            "back": _back(request),
        },
    )
