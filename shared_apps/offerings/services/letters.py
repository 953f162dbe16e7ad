"""Issuing a call letter: what it prints is frozen with it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.offerings.errors import ProposalRefused
from shared_apps.offerings.models import Announcement, Letter
from tenants.schemas import current_tenant

#: People on one letter; larger classes are called agency by agency.
MOST_PEOPLE = 1_000


@transaction.atomic
def issue(
    *,
    by: Any,
    announcement: Announcement,
    agency_id: int | None,
    number: str,
    people: list[dict[str, str]],
) -> Letter:
    """Freeze a letter of the open tenant; the caller has checked the right of `by`.

    `people` is `[{"name", "number", "agency"}]`. Raises ProposalRefused for an empty or too long
    list, and for a number that the class has used.
    """
    tenant = current_tenant()
    if not people:
        raise ProposalRefused(_("Belum ada peserta yang dapat dipanggil."), field="agency")
    if len(people) > MOST_PEOPLE:
        raise ProposalRefused(
            _("Satu surat memuat paling banyak {count} orang. Pilih instansi.").format(
                count=MOST_PEOPLE
            ),
            field="agency",
        )
    number = " ".join(number.split())
    # Two submissions of one form: the second finds the number used.
    Announcement.objects.select_for_update(no_key=True).get(pk=announcement.pk)
    if Letter.objects.filter(announcement=announcement, number=number).exists():
        raise ProposalRefused(_("Nomor surat ini sudah dipakai untuk kelas ini."), field="number")
    letter = Letter.objects.create(
        announcement=announcement,
        agency_id=agency_id,
        number=number,
        issued_on=timezone.localtime(timezone.now(), ZoneInfo(tenant.time_zone)).date(),
        issued_by_id=by.pk,
        content={
            "provider": tenant.name,
            "provider_agency": tenant.agency.name,
            "logo": tenant.logo_sha256,
            "colour": tenant.colour,
            "place": tenant.place,
            "zone": tenant.time_zone,
            "signer_name": tenant.signer_name,
            "signer_position": tenant.signer_position,
            "title": announcement.title,
            "programme": announcement.programme,
            "jp": str(announcement.jp),
            "venue": announcement.place,
            "starts_at": announcement.starts_at.isoformat() if announcement.starts_at else "",
            "ends_at": announcement.ends_at.isoformat() if announcement.ends_at else "",
            "sessions": announcement.sessions,
            "path": announcement.path,
            "people": people,
        },
    )
    audit.record(
        "letter.issued", by=by, kind="letter", ref=letter.pk,
        data={"number": number, "people": len(people)},
    )  # fmt: skip
    return letter
