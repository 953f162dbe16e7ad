"""Confirming declared identities that match the agency's staff list."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared_apps.access.selectors import permissions_of
from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.errors import IdentityDecisionRefused
from shared_apps.employees import selectors as employees
from shared_apps.employees.models import StaffImport
from shared_apps.employees.names import same_name
from shared_apps.employees.services import imports
from shared_apps.jobs import services as jobs
from shared_apps.rules import selectors as rules
from tenant_apps.members.permissions import CONFIRM
from tenant_apps.members.services import identities
from tenants.schemas import current_tenant
from toolkit import indonesian

#: Kind of the job that only matches; an import matches at its end.
MATCH = "employees.match"
BATCH = 200
#: How long ago somebody may have declared themselves to count as new: longer than a worker is down.
NEW = datetime.timedelta(days=1)


@dataclass
class Matched:
    """What came of it."""

    confirmed: int = 0
    # Number equal, but the name differs: left to a person.
    differing: int = 0
    refused: int = 0

    def sentences(self) -> list[str]:
        """Return what the person reads."""
        said = [
            ngettext(
                "{count} identitas cocok dan dikonfirmasi.",
                "{count} identitas cocok dan dikonfirmasi.",
                self.confirmed,
            ).format(count=indonesian.number(self.confirmed))
        ]
        left = self.differing + self.refused
        if left:
            said.append(
                ngettext(
                    "{count} identitas bernomor sama tetap menunggu keputusan, karena namanya "
                    "berbeda atau perlu diputuskan orang lain.",
                    "{count} identitas bernomor sama tetap menunggu keputusan, karena namanya "
                    "berbeda atau perlu diputuskan orang lain.",
                    left,
                ).format(count=indonesian.number(left))
            )
        return said


def confirm_matches(work: jobs.Work) -> Matched:
    """Confirm who declares the agency with number and name as in its staff list.

    Each in a transaction of its own; a repeat goes on with those who still wait. Disputed
    identities and the own one of the asking person are left to the queue.
    """
    return _confirm_all(work.by, tick=lambda: work.progress(work.job.done))


def confirm_new() -> Matched:
    """Confirm by the same rule who declared themselves after the last import, within a day.

    In the name of who applied that import, as long as they may confirm; a tenant can switch it
    off. A repeat confirms nobody twice.
    """
    tenant = current_tenant()
    last = employees.last_applied(tenant.agency_id)
    if last is None or not rules.flag("employees.match_new", tenant_id=tenant.pk):
        return Matched()
    return _confirm_all(last.made_by, since=timezone.now() - NEW)


def _confirm_all(
    by: Any, *, since: datetime.datetime | None = None, tick: Callable[[], object] | None = None
) -> Matched:
    result = Matched()
    tenant = current_tenant()
    if CONFIRM not in permissions_of(by, tenant):
        return result
    after: uuid.UUID | None = None
    while True:
        waiting = accounts.declared_with_numbers(
            tenant.agency_id, employees.current_numbers(tenant.agency_id), after=after
        )
        if since is not None:
            waiting = waiting.filter(declared_at__gte=since)
        rows = list(waiting[:BATCH])
        if not rows:
            return result
        after = rows[-1].pk
        people = employees.by_numbers([row.number for row in rows], tenant.agency_id)
        for row in rows:
            person = people.get(row.number)
            if person is None:
                continue
            if not same_name(person.name, row.account.name):
                result.differing += 1
            else:
                _confirm(by, row.pk, row.number, result)
        if tick is not None:
            tick()


def _confirm(by: Any, account_id: uuid.UUID, number: str, result: Matched) -> None:
    try:
        identities.confirm(by=by, account_id=account_id, seen=number)
    except IdentityDecisionRefused:
        result.refused += 1
    else:
        result.confirmed += 1


def request(*, by: Any) -> Any:
    """Ask for the job that matches the waiting identities with the staff list."""
    identities.tenant_of(by)
    return jobs.enqueue(kind=MATCH, by=by, title=_("Mencocokkan identitas dengan data pegawai"))


def match_job(work: jobs.Work) -> None:
    """Handler of MATCH."""
    result = confirm_matches(work)
    work.finish(
        result.sentences(),
        next_path=reverse("members_queue", urlconf="config.urls_tenant"),
        next_label=_("Konfirmasi identitas"),
    )


def import_job(work: jobs.Work) -> None:
    """Handler of an import that is applied: writes the staff list, then matches identities."""
    staff_import = StaffImport.objects.get(pk=work.params["import"])
    imports.apply(work, staff_import)
    result = confirm_matches(work)
    staff_import.refresh_from_db()
    said = [_("Data pegawai sudah diterapkan.")]
    refused = staff_import.counts.get("refused", 0)
    if refused:
        said.append(
            ngettext(
                "{count} baris dilewati karena keadaannya berubah sejak diperiksa.",
                "{count} baris dilewati karena keadaannya berubah sejak diperiksa.",
                refused,
            ).format(count=indonesian.number(refused))
        )
    work.finish(
        [*said, *result.sentences()],
        next_path=reverse("employees", urlconf="config.urls_tenant"),
        next_label=_("Data pegawai"),
    )
