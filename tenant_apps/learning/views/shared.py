"""What the pages of a topic have in common."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tenant_apps.learning.errors import StepNotOpen, TopicNotFound
from tenant_apps.learning.models import Enrolment, Topic
from tenant_apps.learning.selectors import topics
from tenant_apps.learning.services.material import video_hosts
from tenant_apps.learning.steps import path_of


def find_topic(request: HttpRequest, slug: str) -> tuple[Topic, Enrolment | None]:
    """Return the topic and the person's enrolment in it; 404 for whoever may not see it."""
    try:
        return topics.find_topic(slug, account=request.user)
    except TopicNotFound as error:
        raise Http404 from error


def topic_url(topic: Topic) -> str:
    """Return the address of the topic's own page."""
    return reverse("topic", args=[topic.slug])


def lead_back(
    request: HttpRequest, topic: Topic, enrolment: Enrolment | None, why: StepNotOpen | None = None
) -> HttpResponse:
    """Lead somebody who came to a step that is not open to the one that is."""
    if why is not None:
        messages.info(request, str(why))
    if enrolment is None:
        return HttpResponseRedirect(topic_url(topic))
    return HttpResponseRedirect(path_of(enrolment.step, topic))


def crumbs(topic: Topic, here: Any) -> list[dict[str, Any]]:
    """Return the breadcrumb of a page below a topic."""
    return [{"label": topic.title, "url": topic_url(topic)}, {"label": here, "url": ""}]


def with_players(response: HttpResponse) -> HttpResponse:
    """Let a page frame the players of the allowed hosts."""
    response.frame_hosts = video_hosts()  # type: ignore[attr-defined]
    return response
