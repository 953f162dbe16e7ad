"""Reads about tests: what draws from categories, and essays that wait."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shared_apps.access.attention import Task
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import TestPlan, Topic
from tenant_apps.question_bank.models import BlueprintPart
from tenant_apps.question_bank.usage import Use
from tenant_apps.sittings.models import EssayMark, PaperItem


def uses_of(category_ids: set[uuid.UUID]) -> list[Use]:
    """Return the blueprints and topics that draw from any of some categories."""
    parts = (
        BlueprintPart.objects.filter(category_id__in=category_ids)
        .values_list("blueprint_id", "blueprint__name")
        .distinct()
    )
    blueprints = dict(parts)
    planned = TestPlan.objects.filter(blueprint_id__in=blueprints).select_related("topic")
    found = [
        Use(_("Kisi-kisi {name}").format(name=name), reverse("blueprint", args=[pk]))
        for pk, name in sorted(blueprints.items(), key=lambda row: row[1].casefold())
    ]
    found += [
        Use(
            f"{plan.topic.title}: {TestPurpose(plan.purpose).label}",
            reverse("topic", args=[plan.topic.slug]),
        )
        for plan in planned
    ]
    # A topic with its own categories draws from them wherever no blueprint is set.
    own = (
        Topic.objects.filter(categories__in=category_ids)
        .annotate(plans=Count("test_plans__purpose", distinct=True))
        .filter(plans__lt=len(TestPurpose))
    )
    found += [Use(topic.title, reverse("topic", args=[topic.slug])) for topic in own]
    return found


def waiting_essays(account: Any) -> QuerySet[PaperItem]:
    """Return the essays of submitted tests that nobody marked yet, but for the person's own."""
    marked = EssayMark.objects.filter(
        sitting_id=OuterRef("sitting_id"), position=OuterRef("position")
    )
    return (
        PaperItem.objects.filter(kind="essay", sitting__pending__gt=0)
        .exclude(answer="")
        .exclude(sitting__member=account.pk)
        .exclude(Exists(marked))
        .select_related("sitting")
    )


def essays_task(account: Any) -> Iterable[Task]:
    """Count the essays that wait, for the workspace's first page."""
    yield Task(_("Esai menunggu penilaian"), waiting_essays(account).count(), reverse("essays"))
