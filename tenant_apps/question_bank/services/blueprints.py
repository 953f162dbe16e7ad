"""Saving and deleting blueprints of tests."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from tenant_apps.question_bank.errors import BlueprintNotValid
from tenant_apps.question_bank.models import Blueprint, BlueprintPart

MOST_QUESTIONS = 200
MOST_PARTS = 40


@dataclass(frozen=True)
class Part:
    """So many questions of a category, with those below it, of one difficulty or any ("")."""

    category_id: uuid.UUID
    difficulty: str
    count: int


@dataclass(frozen=True)
class BlueprintValues:
    """What a blueprint says; see its model."""

    name: str
    parts: Sequence[Part]
    shuffle_questions: bool = True
    shuffle_options: bool = True
    minutes: int | None = None
    attempts: int | None = None
    cooldown_minutes: int | None = None
    review: str = "passed"
    closes_at: datetime.datetime | None = None


def parts_of(blueprint: Blueprint, parts: Sequence[Part]) -> list[BlueprintPart]:
    """Return rows of parts in their order, not saved."""
    return [
        BlueprintPart(
            blueprint=blueprint,
            position=position,
            category_id=part.category_id,
            difficulty=part.difficulty,
            count=part.count,
        )
        for position, part in enumerate(parts, start=1)
    ]


def _check(values: BlueprintValues) -> None:
    if not values.name.strip():
        raise BlueprintNotValid(_("Beri nama."), field="name")
    if not 1 <= len(values.parts) <= MOST_PARTS:
        raise BlueprintNotValid(
            _("Beri sedikitnya satu bagian, paling banyak {most}.").format(most=MOST_PARTS),
            field="parts",
        )
    total = sum(part.count for part in values.parts)
    if any(part.count < 1 for part in values.parts) or total > MOST_QUESTIONS:
        raise BlueprintNotValid(
            _("Setiap bagian sedikitnya satu soal, dan semuanya paling banyak {most}.").format(
                most=MOST_QUESTIONS
            ),
            field="parts",
        )
    if values.review == "closed" and values.closes_at is None:
        raise BlueprintNotValid(
            _("Isi waktu penutupan, karena pembahasan terbuka setelahnya."), field="closes_at"
        )


@transaction.atomic
def save_blueprint(
    *, by: Any, values: BlueprintValues, blueprint_id: uuid.UUID | None = None, revision: int = 0
) -> Blueprint:
    """Make a blueprint, or change one; tests under way keep their frozen papers and deadlines.

    Raises BlueprintNotValid naming the field, also when somebody saved a newer one meanwhile.
    """
    _check(values)
    blueprint = Blueprint()
    if blueprint_id is not None:
        blueprint = Blueprint.objects.select_for_update().get(pk=blueprint_id)
        if blueprint.revision != revision:
            raise BlueprintNotValid(
                _("Kisi-kisi ini sudah diubah orang lain. Muat ulang halaman, lalu ubah lagi.")
            )
    blueprint.name = " ".join(values.name.split())
    for name in (
        "shuffle_questions", "shuffle_options", "minutes", "attempts", "cooldown_minutes",
        "review", "closes_at",
    ):  # fmt: skip
        setattr(blueprint, name, getattr(values, name))
    blueprint.revision += 1
    blueprint.changed_at = timezone.now()
    try:
        with transaction.atomic():
            blueprint.save()
    except IntegrityError as error:
        raise BlueprintNotValid(_("Kisi-kisi dengan nama ini sudah ada."), field="name") from error
    blueprint.parts.all().delete()
    BlueprintPart.objects.bulk_create(parts_of(blueprint, values.parts))
    audit.record(
        "blueprint.saved", by=by, kind="blueprint", ref=blueprint.pk, data={"name": blueprint.name}
    )
    return blueprint


@transaction.atomic
def delete_blueprint(*, by: Any, blueprint: Blueprint) -> None:
    """Delete a blueprint that no test follows. Raises BlueprintNotValid."""
    pk, name = blueprint.pk, blueprint.name
    try:
        with transaction.atomic():
            blueprint.delete()
    except ProtectedError as error:
        raise BlueprintNotValid(_("Kisi-kisi ini masih dipakai sebuah tes.")) from error
    audit.record("blueprint.deleted", by=by, kind="blueprint", ref=pk, data={"name": name})
