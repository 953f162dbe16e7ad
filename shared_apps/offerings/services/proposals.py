"""Proposing people for another tenant's offering, and what their agency is told of them."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.access.selectors import holders_at, permissions_of
from shared_apps.audit import services as audit
from shared_apps.notifications import services as notifications
from shared_apps.offerings import selectors
from shared_apps.offerings.choices import SEATING, USING_QUOTA, ProposalState
from shared_apps.offerings.errors import ProposalRefused
from shared_apps.offerings.models import Announcement, Proposal, ProposalPerson
from tenants.models import Tenant
from tenants.schemas import current_tenant


def _home(by: Any) -> Tenant:
    tenant = current_tenant()
    if "proposal.make" not in permissions_of(by, tenant):
        raise PermissionDenied
    return tenant


def _check_open(announcement: Announcement) -> None:
    now = timezone.now()
    if announcement.state not in SEATING or not announcement.quota:
        raise ProposalRefused(_("Kelas ini tidak menerima usulan peserta."))
    if announcement.enrol_from and announcement.enrol_from > now:
        raise ProposalRefused(_("Pendaftaran kelas ini belum dibuka."))
    if announcement.enrol_until and announcement.enrol_until < now:
        raise ProposalRefused(_("Batas waktu pendaftaran kelas ini sudah lewat."))


@transaction.atomic
def propose(
    *, by: Any, announcement: Announcement, account_ids: Sequence[uuid.UUID], note: str
) -> Proposal:
    """Send people of the open tenant's agency to the provider; they then wait for its answer.

    The caller has matched the people with its agency. Raises ProposalRefused when the class does
    not take proposals (any more), somebody is proposed already, or the quota is used up.
    """
    home = _home(by)
    # Two sendings at once are counted one after the other.
    locked = Announcement.objects.select_for_update().get(pk=announcement.pk)
    _check_open(locked)
    if not account_ids:
        raise ProposalRefused(_("Tulis sedikitnya satu NIP."), field="numbers")
    twice = ProposalPerson.objects.filter(
        announcement=locked, account__in=account_ids, state__in=USING_QUOTA
    ).count()
    if twice:
        raise ProposalRefused(
            _("{count} orang sudah diusulkan untuk kelas ini. Hapus dari daftar.").format(
                count=twice
            ),
            field="numbers",
        )
    left = locked.quota - selectors.quota_used(locked, agency_id=home.agency_id)
    if len(account_ids) > left:
        raise ProposalRefused(
            _("Kuota instansi Anda tinggal {left} orang; daftar berisi {count}.").format(
                left=max(0, left), count=len(account_ids)
            ),
            field="numbers",
        )
    proposal = Proposal.objects.create(
        announcement=locked, agency_id=home.agency_id, home=home, made_by_id=by.pk, note=note[:500]
    )
    ProposalPerson.objects.bulk_create(
        ProposalPerson(proposal=proposal, announcement=locked, account_id=account_id)
        for account_id in account_ids
    )
    audit.record(
        "proposal.made", by=by, kind="proposal", ref=proposal.pk,
        data={"title": locked.title, "people": len(account_ids)},
    )  # fmt: skip
    notifications.notify(
        kind="proposal.made",
        account_ids=holders_at(locked.tenant, "offering.manage"),
        data={"title": locked.title, "agency": home.agency.name, "count": len(account_ids)},
        path=f"/kelola{locked.path}usulan/",
        key=str(proposal.pk),
        tenant=locked.tenant,
    )
    return proposal


@transaction.atomic
def withdraw(*, by: Any, person_id: uuid.UUID) -> None:
    """Take back a person whom the provider has not answered yet; raises ProposalRefused."""
    home = _home(by)
    row = ProposalPerson.objects.select_for_update().get(pk=person_id, proposal__home=home)
    if row.state != ProposalState.PROPOSED:
        raise ProposalRefused(
            _("Penyelenggara sudah menjawab. Hubungi penyelenggara untuk perubahan.")
        )
    _set(row, ProposalState.WITHDRAWN, "")
    audit.record(
        "proposal.withdrawn", by=by, kind="proposal", ref=row.proposal_id,
        data={"account": str(row.account_id)},
    )  # fmt: skip


def _set(row: ProposalPerson, state: str, note: str) -> None:
    row.state, row.note, row.updated_at = state, note[:300], timezone.now()
    row.save(update_fields=["state", "note", "updated_at"])


def lock_people(
    *, tenant: Tenant, uuid: uuid.UUID, ids: Sequence[uuid.UUID]
) -> list[ProposalPerson]:
    """Return the unanswered people of a tenant's offering, locked, for the provider's services."""
    return list(
        ProposalPerson.objects.select_for_update(of=("self",))
        .select_related("proposal")
        .filter(
            pk__in=ids,
            announcement__tenant=tenant,
            announcement__uuid=uuid,
            state=ProposalState.PROPOSED,
        )
        .order_by("pk")
    )


def answer(*, row: ProposalPerson, state: str, note: str = "") -> None:
    """Note the provider's answer to one locked person, in the provider's transaction."""
    _set(row, state, note)


def close(*, proposals: Sequence[uuid.UUID], answer_text: str, title: str) -> None:
    """Note that the provider answered, and tell who sent the proposals."""
    now = timezone.now()
    rows = Proposal.objects.filter(pk__in=proposals).select_related("home__agency")
    for proposal in rows:
        proposal.answered_at, proposal.answer = now, answer_text[:500] or proposal.answer
        proposal.save(update_fields=["answered_at", "answer"])
        notifications.notify(
            kind="proposal.answered",
            account_ids=[proposal.made_by_id],
            data={"title": title},
            path=f"/kelola/usulan/{proposal.pk}/",
            key=f"{proposal.pk}:{now.isoformat()}",
            tenant=proposal.home,
        )


def follow(*, tenant: Tenant, uuid: uuid.UUID, account_id: uuid.UUID, **changes: Any) -> bool:
    """Tell a proposed person's agency how they stand; False for somebody not proposed.

    Called by the provider's services in the transaction of the change.
    """
    found = ProposalPerson.objects.filter(
        announcement__tenant=tenant,
        announcement__uuid=uuid,
        account_id=account_id,
        state__in=USING_QUOTA,
    )
    return bool(found.update(**changes, updated_at=timezone.now()))
