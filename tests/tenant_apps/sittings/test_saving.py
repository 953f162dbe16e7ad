"""Saving answers: receipts, repeats, order, conflicts, and the end of a sitting."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(tenant_a: Any, make_account: Any) -> Any:
    """An open sitting of two questions, in the tenant's schema for the whole test."""
    from tenant_apps.members.services.joining import join
    from tenant_apps.question_bank.gift import parse
    from tenant_apps.question_bank.services.questions import replace_questions
    from tenant_apps.sittings.services import taking as services
    from tenants.schemas import in_tenant

    account = make_account()
    text = "\n\n".join(f"::s{n}::Pilih? {{\n=benar {n}\n~salah\n~keliru\n}}" for n in (1, 2))
    with in_tenant(tenant_a):
        join(account_id=account.pk)
        category = replace_questions(
            code="topic/uji", name="Uji", items=[q.item for q in parse(text)], by=None
        )
        questions = list(category.questions.order_by("code"))
        yield services.start(
            member_id=account.pk,
            subject_kind="topic",
            subject_uuid=uuid.uuid4(),
            purpose="post",
            attempt=1,
            draw=lambda seed: questions,
        )


def save(sitting: Any, answer: str, seq: int, *, position: int = 1, doubtful: bool = False) -> Any:
    """Save one answer as the sitting's person."""
    from tenant_apps.sittings.services import taking as services

    return services.save_answer(
        sitting_id=sitting.pk,
        member_id=sitting.member_id,
        answer=services.Answer(position, answer, doubtful, seq),
    )


def stored(sitting: Any, position: int = 1) -> Any:
    """Return an item as it is in the database."""
    return sitting.items.get(position=position)


def test_a_receipt_means_that_the_answer_is_stored(sitting: Any) -> None:
    """The receipt's number and time are those of the row."""
    receipt = save(sitting, "2", 1, doubtful=True)
    item = stored(sitting)
    assert (item.answer, item.doubtful, item.seq) == ("2", True, 1)
    assert receipt.saved_at == item.saved_at


def test_a_repeated_save_is_acknowledged_and_changes_nothing(sitting: Any) -> None:
    """A retry after a lost receipt gets the first one again."""
    first = save(sitting, "2", 1)
    assert save(sitting, "2", 1) == first


def test_a_late_save_does_not_overwrite_a_newer_one(sitting: Any) -> None:
    """Saves that overtake each other on the way: the newer number stays."""
    from tenant_apps.sittings.errors import AnswerConflict

    save(sitting, "3", 2)
    with pytest.raises(AnswerConflict) as refused:
        save(sitting, "1", 1)
    assert (refused.value.answer, refused.value.seq) == ("3", 2)
    assert stored(sitting).answer == "3"


def test_an_answer_can_be_taken_back(sitting: Any) -> None:
    """An empty answer is an answer."""
    save(sitting, "3", 1)
    save(sitting, "", 2)
    assert stored(sitting).answer == ""


@pytest.mark.parametrize("answer", ["4", "a", "1' OR 1=1", "1\x0b"])
def test_only_options_of_the_question_are_stored(sitting: Any, answer: str) -> None:
    """Anything else is refused and nothing is written."""
    from tenant_apps.sittings.errors import AnswerNotValid

    with pytest.raises(AnswerNotValid):
        save(sitting, answer, 1)
    assert stored(sitting).seq == 0


@pytest.mark.parametrize("seq", [0, -1, 10**7])
def test_impossible_numbers_are_refused(sitting: Any, seq: int) -> None:
    """A huge number would block all later saves."""
    from tenant_apps.sittings.errors import AnswerNotValid

    with pytest.raises(AnswerNotValid):
        save(sitting, "1", seq)


def test_nobody_elses_sitting(sitting: Any, make_account: Any) -> None:
    """Another person's id finds nothing, and so does a question that is not there."""
    from tenant_apps.sittings.errors import SittingNotFound
    from tenant_apps.sittings.services import taking as services

    answer = services.Answer(1, "1", False, 1)
    with pytest.raises(SittingNotFound):
        services.save_answer(sitting_id=sitting.pk, member_id=make_account().pk, answer=answer)
    with pytest.raises(SittingNotFound):
        save(sitting, "1", 1, position=9)


def test_after_submitting_nothing_is_saved(sitting: Any) -> None:
    """The score stands."""
    from tenant_apps.sittings.errors import SittingClosed
    from tenant_apps.sittings.services import taking as services

    services.submit(sitting_id=sitting.pk, member_id=sitting.member_id)
    with pytest.raises(SittingClosed):
        save(sitting, "1", 1)


def test_the_servers_clock_ends_a_sitting(sitting: Any) -> None:
    """Past the deadline saves are refused, and answers sent along with the submit do not count."""
    from tenant_apps.sittings.errors import SittingClosed
    from tenant_apps.sittings.services import taking as services

    sitting.deadline = timezone.now() - datetime.timedelta(seconds=1)
    sitting.save()
    with pytest.raises(SittingClosed):
        save(sitting, "1", 1)
    right = services.Answer(1, stored(sitting).key["right"], False, 1)
    scored, now = services.submit(
        sitting_id=sitting.pk, member_id=sitting.member_id, answers=[right]
    )
    assert now and scored.right == 0


def test_submit_takes_answers_along_but_never_older_ones(sitting: Any) -> None:
    """The form's answers count unless a newer one is stored."""
    from tenant_apps.sittings.services import taking as services

    first, second = stored(sitting, 1).key["right"], stored(sitting, 2).key["right"]
    wrong = next(str(n) for n in (1, 2, 3) if str(n) != first)
    save(sitting, first, 5)
    answers = [services.Answer(1, wrong, False, 2), services.Answer(2, second, False, 1)]
    scored, _now = services.submit(
        sitting_id=sitting.pk, member_id=sitting.member_id, answers=answers
    )
    assert scored.right == 2


def test_option_names_and_order_do_not_tell_the_key(sitting: Any) -> None:
    """Options are numbered as shown; body and key are kept apart."""
    item = stored(sitting)
    assert [option["id"] for option in item.body["options"]] == ["1", "2", "3"]
    assert "right" not in str(item.body) and "benar 1" in str(item.body)


def test_saving_costs_one_statement(sitting: Any, django_assert_num_queries: Any) -> None:
    """The lock, the checks and the write are one round trip."""
    with django_assert_num_queries(1):
        save(sitting, "1", 1)
