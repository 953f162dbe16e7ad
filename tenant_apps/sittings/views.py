"""The address to which the test page saves each answer."""

import uuid

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.sittings.answers import read_answer
from tenant_apps.sittings.errors import (
    AnswerConflict,
    AnswerNotValid,
    SittingClosed,
    SittingNotFound,
)
from tenant_apps.sittings.services import taking
from toolkit import indonesian
from toolkit.access_rules import signed_in
from toolkit.errors import DomainError


def _refusal(status: int, code: str, error: DomainError, **more: object) -> JsonResponse:
    return JsonResponse({"code": code, "message": str(error), **more}, status=status)


@signed_in
@require_POST
def save(request: SignedInRequest, sitting_id: uuid.UUID, position: int) -> JsonResponse:
    """Save one answer; 200 with a receipt only when it is on disk.

    409 `conflict` carries what another tab stored, 410 means the sitting is over, 422 that the
    answer does not fit the question, with the sentence for the person.
    """
    answer = read_answer(request.POST, position)
    if answer is None:
        text = _("Jawaban tidak dapat dibaca. Muat ulang halaman ini.")
        return JsonResponse({"code": "invalid", "message": text}, status=422)
    try:
        receipt = taking.save_answer(
            sitting_id=sitting_id, member_id=request.user.pk, answer=answer
        )
    except SittingNotFound as error:
        raise Http404 from error
    except SittingClosed as error:
        return _refusal(410, "closed", error)
    except AnswerConflict as error:
        return _refusal(
            409, "conflict", error, answer=error.answer, doubtful=error.doubtful, seq=error.seq
        )
    except AnswerNotValid as error:
        return _refusal(422, "invalid", error)
    return JsonResponse(
        {
            "seq": receipt.seq,
            "saved_at": indonesian.clock_time(receipt.saved_at),
        }
    )
