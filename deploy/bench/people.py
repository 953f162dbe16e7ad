"""Makes what the load needs in the product's database: accounts with sessions, open tests.

Run by run.py in a process of its own, with the product's settings; writes JSON.
"""

import json
import random
import sys
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def _number(chance: random.Random) -> str:
    """Return a valid NIP of nobody."""
    birth = f"{chance.randint(1968, 1994)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    joined = f"{chance.randint(2014, 2022)}{chance.randint(1, 12):02d}"
    return f"{birth}{joined}{chance.randint(1, 2)}{chance.randint(1, 999):03d}"


def make_person(agency_id: int, chance: random.Random) -> tuple[Any, dict[str, Any]]:
    """Return a new account and how its browser looks: cookies, and a token for forms.

    Without a password, since hashing one costs more than everything else here.
    """
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.middleware import csrf
    from django.utils.crypto import get_random_string

    from shared_apps.accounts.models import Account, Identity
    from shared_apps.accounts.nip import parse_number
    from shared_apps.accounts.session_store import SessionStore

    account = Account(
        name="Pegawai Uji", email=f"{uuid.uuid4().hex}@uji.test", home_agency_id=agency_id
    )
    account.set_unusable_password()
    account.save()
    number = parse_number(_number(chance))
    Identity.objects.create(
        account=account, number=number.digits, kind=number.kind, agency_id=agency_id
    )
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    secret = get_random_string(csrf.CSRF_SECRET_LENGTH, csrf.CSRF_ALLOWED_CHARS)
    return account, {
        "cookies": {
            settings.SESSION_COOKIE_NAME: session.session_key,
            settings.CSRF_COOKIE_NAME: secret,
        },
        "token": csrf._mask_cipher_secret(secret),  # type: ignore[attr-defined]
    }


def make(wanted: dict[str, Any]) -> dict[str, Any]:
    """Make the people: `enrolled` (reading), `savers` (in the pre-test) and `learners` (new)."""
    from django.db import transaction

    from tenant_apps.learning.choices import TestPurpose
    from tenant_apps.learning.models import Topic
    from tenant_apps.learning.selectors.topics import sections_of
    from tenant_apps.learning.services import enrolments, reading, tests
    from tenant_apps.question_bank.models import Question
    from tenant_apps.sittings.models import PaperItem
    from tenants.models import Agency, Tenant
    from tenants.schemas import in_tenant

    chance = random.Random()
    tenant = Tenant.objects.select_related("agency").get(code=wanted["tenant"])
    agencies = list(Agency.objects.values_list("pk", flat=True)[:50])
    answer: dict[str, Any] = {"enrolled": [], "savers": [], "learners": [], "agencies": agencies}
    with transaction.atomic(), in_tenant(tenant):
        topic = Topic.objects.get(slug=wanted["slug"])
        section = sections_of(topic, None)[1]
        answer["section"] = section.key
        answer["right"] = {
            question.body["stem"].strip(): option["html"]
            for question in Question.objects.filter(category__in=topic.categories.all())
            for option in question.body["options"]
            if option["id"] == question.key["right"]
        }
        for kind in ("enrolled", "savers", "learners"):
            for _ in range(wanted[kind]):
                account, person = make_person(chance.choice(agencies), chance)
                answer[kind].append(person)
                if kind == "learners":
                    continue
                enrolment = enrolments.start_topic(by=account, topic=topic)
                sitting = tests.start_test(
                    by=account, enrolment=enrolment, topic=topic, purpose=TestPurpose.PRE
                )
                if kind == "savers":
                    items = PaperItem.objects.filter(sitting=sitting).order_by("position")
                    person["sitting"] = str(sitting.pk)
                    person["items"] = [
                        (item.position, [option["id"] for option in item.body["options"]])
                        for item in items
                    ]
                    continue
                tests.submit_test(
                    by=account, enrolment=enrolment, topic=topic, purpose=TestPurpose.PRE,
                    sitting_id=sitting.pk,
                )  # fmt: skip
                enrolment.refresh_from_db()
                reading.open_section(by=account, enrolment=enrolment, section=section)
    return answer


def main() -> None:
    """Read what is wanted from the first argument (JSON), make it, and write the answer."""
    sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    json.dump(make(json.loads(sys.argv[1])), sys.stdout)


if __name__ == "__main__":
    main()
