"""Writes of surveys."""

import uuid
from collections.abc import Mapping

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenant_apps.surveys.choices import Unsur
from tenant_apps.surveys.errors import SurveyIncomplete
from tenant_apps.surveys.ikm import FREE_COST
from tenant_apps.surveys.models import Response
from tenant_apps.surveys.questionnaire import questions

LONGEST_COMMENT = 2000

ADD = """
INSERT INTO surveys_unsurtotal
  (subject_kind, subject_uuid, offering, month, unsur, answers, points)
SELECT %s, %s, %s, %s, unsur, 1, points FROM unnest(%s::text[], %s::int[]) AS given (unsur, points)
ON CONFLICT (subject_kind, subject_uuid, offering, month, unsur)
DO UPDATE SET answers = surveys_unsurtotal.answers + 1,
              points = surveys_unsurtotal.points + EXCLUDED.points
"""


@transaction.atomic
def send_response(
    *,
    subject_kind: str,
    subject_uuid: uuid.UUID,
    answers: Mapping[str, int],
    comment: str,
    free_service: bool,
    offering: uuid.UUID | None = None,
) -> None:
    """Store one anonymous answer sheet and add it to the kept sums.

    `offering` is a class large enough to hide in, None otherwise. `answers` maps unsur codes to
    1–4. Nothing about the person comes in, so nothing can be kept. Raises SurveyIncomplete.
    """
    asked = [str(question.unsur) for question in questions(free_service=free_service)]
    missing = [code for code in asked if answers.get(code) not in (1, 2, 3, 4)]
    if missing:
        raise SurveyIncomplete(
            ngettext(
                "%(count)d pertanyaan belum dijawab.",
                "%(count)d pertanyaan belum dijawab.",
                len(missing),
            )
            % {"count": len(missing)},
            missing=missing,
        )
    if len(comment) > LONGEST_COMMENT:
        raise SurveyIncomplete(
            _("Saran paling panjang %(count)d huruf.") % {"count": LONGEST_COMMENT}, missing=[]
        )
    given = {code: answers.get(code, FREE_COST) for code in Unsur.values}
    month = timezone.localdate().replace(day=1)
    Response.objects.create(
        subject_kind=subject_kind,
        subject_uuid=subject_uuid,
        offering=offering,
        month=month,
        answers=given,
        # Nobody types a NUL, and PostgreSQL stores none.
        comment=comment.replace("\0", "").strip(),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            ADD,
            [subject_kind, subject_uuid, offering, month, list(given), list(given.values())],
        )
