"""The steps of a topic: which is open, and where it is."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from shared_apps.desk.choices import Step
from tenant_apps.learning.choices import Chain
from tenant_apps.learning.models import Enrolment, Topic
from toolkit.timed_cache import TimedCache

ORDER = [
    Step.PRE_TEST, Step.READING, Step.POST_TEST, Step.ATTENDANCE, Step.SURVEY, Step.CERTIFICATE
]  # fmt: skip
#: Steps that an enrolment does not have, by its chain: only a class asks for attendance.
LEFT_OUT: dict[str, frozenset[Step]] = {
    Chain.SELF: frozenset({Step.ATTENDANCE}),
    Chain.BLENDED: frozenset(),
    Chain.ROOM: frozenset({Step.PRE_TEST, Step.POST_TEST}),
}
VIEW_OF = {
    Step.PRE_TEST: "pre_test",
    Step.READING: "read_topic",
    Step.POST_TEST: "post_test",
    Step.ATTENDANCE: "topic_attendance",
    Step.SURVEY: "topic_survey",
    Step.CERTIFICATE: "topic_certificate",
}
ADDRESSES = "config.urls_tenant"


def path_of(step: str, topic: Topic) -> str:
    """Return the address of a step on the tenant's host."""
    return reverse(VIEW_OF[Step(step)], args=[topic.slug], urlconf=ADDRESSES)


@dataclass(frozen=True)
class StepView:
    """One step as the step bar shows it; `state` is done, current, open or locked."""

    label: str
    state: str
    url: str


# The bar of a topic for one step and one place looks the same to everybody.
_drawn: TimedCache[tuple[str, ...], str] = TimedCache(seconds=300, size=5000)


def step_bar(topic: Topic, enrolment: Enrolment | None, *, here: str = "") -> str:
    """Return the step bar as HTML; `here` is the step being looked at."""
    place = (enrolment.step, enrolment.chain) if enrolment else ("", "")
    key = (get_language() or "", topic.slug, *place, str(here))
    return _drawn.get(
        key,
        lambda _: render_to_string(
            "components/steps.html", {"steps": steps_of(topic, enrolment, here=here)}
        ),
    )


def steps_of(topic: Topic, enrolment: Enrolment | None, *, here: str = "") -> list[StepView]:
    """Return the steps with their state for one person; `here` is the step being looked at."""
    reached = ORDER.index(Step(enrolment.step)) if enrolment else -1
    left_out = LEFT_OUT[enrolment.chain if enrolment else Chain.SELF]
    bar = []
    for index, step in enumerate(ORDER):
        if step in left_out:
            continue
        done = index < reached or (
            enrolment is not None and step == Step.CERTIFICATE and enrolment.step == step
        )
        if step == here:
            state = "current"
        elif done:
            state = "done"
        elif index == reached:
            state = "open" if here else "current"
        else:
            state = "locked"
        # Past tests and the sent survey lead nowhere; the material stays open for rereading.
        leads = index == reached or (done and step in (Step.READING, Step.CERTIFICATE))
        url = path_of(step, topic) if leads and state != "current" else ""
        bar.append(StepView(label=str(step.label), state=state, url=url))
    return bar


def is_reached(enrolment: Enrolment, step: Step) -> bool:
    """Say whether the person has come to a step."""
    return ORDER.index(Step(enrolment.step)) >= ORDER.index(step)


def chain_of(enrolment: Enrolment) -> list[Step]:
    """Return the steps of an enrolment in order."""
    return [step for step in ORDER if step not in LEFT_OUT[enrolment.chain]]


def steps_done(enrolment: Enrolment) -> int:
    """Return how many steps of its chain lie behind an enrolment; the certificate ends it."""
    chain = chain_of(enrolment)
    here = Step(enrolment.step)
    if here == Step.CERTIFICATE:
        return len(chain)
    return sum(ORDER.index(step) < ORDER.index(here) for step in chain)
