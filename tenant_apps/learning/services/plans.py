"""Which blueprint a test follows, and who has more time."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.accounts.selectors import account_for_login
from shared_apps.audit import services as audit
from shared_apps.recognition.services import totals
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.errors import ExtensionNotValid
from tenant_apps.learning.models import TestPlan, Topic
from tenant_apps.learning.permissions import may_edit, require
from tenant_apps.members import selectors as members
from tenant_apps.members.services import joining
from tenant_apps.question_bank.models import Blueprint
from tenant_apps.sittings.models import TimeExtension
from tenants.schemas import current_tenant

LEAST_PERCENT, MOST_PERCENT = 101, 400


@transaction.atomic
def attach(*, by: Any, topic: Topic, purpose: TestPurpose, blueprint: Blueprint | None) -> None:
    """Let a test follow a blueprint from its next start on; None lets the topic's numbers hold.

    Raises PermissionDenied for who may not write the topic.
    """
    if not may_edit(by, topic):
        raise PermissionDenied
    if blueprint is None:
        TestPlan.objects.filter(topic=topic, purpose=purpose).delete()
    else:
        TestPlan.objects.update_or_create(
            topic=topic, purpose=purpose, defaults={"blueprint": blueprint}
        )
    audit.record(
        "blueprint.attached",
        by=by,
        kind="topic",
        ref=topic.pk,
        data={"purpose": str(purpose), "name": blueprint.name if blueprint else ""},
    )


@transaction.atomic
def give_time(*, by: Any, login: str, percent: int, valid_until: datetime.date) -> TimeExtension:
    """Give one person more time in every test that they start until a day; the newest holds.

    Somebody who learns here already, or whom the tenant's agency confirmed: whoever types numbers
    must not learn whose they are. Raises ExtensionNotValid naming the field, or PermissionDenied.
    """
    require(by, "participant.manage")
    account = account_for_login(login.strip())
    if account is None or not members.is_known(account):
        raise ExtensionNotValid(
            _(
                "Tidak ada peserta dengan nomor atau alamat e-mail ini. Orang dari instansi lain "
                "mulai belajar di sini dahulu."
            ),
            field="login",
        )
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        raise ExtensionNotValid(
            _("Isi {least} sampai {most} persen.").format(least=LEAST_PERCENT, most=MOST_PERCENT),
            field="percent",
        )
    if valid_until < timezone.localdate():
        raise ExtensionNotValid(_("Tanggal ini sudah lewat."), field="valid_until")
    member, joined = joining.join(account_id=account.pk)
    if joined:
        totals.count_learner(tenant_id=current_tenant().pk, account_id=account.pk)
    extension, _made = TimeExtension.objects.update_or_create(
        member=member,
        defaults={
            "percent": percent, "valid_until": valid_until, "given_by": by.pk,
            "given_at": timezone.now(),
        },
    )  # fmt: skip
    audit.record(
        "time_extension.given", by=by, kind="account", ref=member.pk,
        data={"percent": percent, "until": valid_until.isoformat()},
    )  # fmt: skip
    return extension


@transaction.atomic
def withdraw_time(*, by: Any, extension: TimeExtension) -> None:
    """Take an extension back; a test under way keeps its deadline."""
    require(by, "participant.manage")
    audit.record("time_extension.withdrawn", by=by, kind="account", ref=extension.member_id)
    extension.delete()
