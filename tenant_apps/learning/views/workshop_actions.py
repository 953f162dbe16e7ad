"""What is done with a topic by one press: drafts, review, publication, archive."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenant_apps.learning.errors import NotComplete, TopicNotValid
from tenant_apps.learning.models import Topic
from tenant_apps.learning.services import review, workshop
from tenant_apps.learning.views.workshop import back_to, show_topic, topic_or_404
from toolkit.access_rules import needs
from toolkit.errors import DomainError


def _act(
    request: HttpRequest, slug: str, act: Callable[[Topic], object], done: str
) -> HttpResponse:
    """Call one service on a topic; say what happened or why not."""
    topic = topic_or_404(slug)
    try:
        act(topic)
    except NotComplete as refusal:
        messages.warning(request, f"{refusal} {refusal.missing[0].text}")
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    return back_to(topic)


@needs("topic.edit")
@require_POST
def open_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the next version."""
    return _act(request, slug, lambda topic: workshop.open_draft(by=request.user, topic=topic), "")


@needs("topic.edit")
@require_POST
def discard_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    return _act(
        request,
        slug,
        lambda topic: workshop.discard_draft(by=request.user, topic=topic),
        _("Draf dibuang. Versi yang terbit tidak berubah."),
    )


@needs("topic.edit")
@require_POST
def duplicate(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a new topic from this one, and go there."""
    topic = topic_or_404(slug)
    try:
        copy = workshop.duplicate(by=request.user, topic=topic)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return back_to(topic)
    messages.success(request, _("Ini salinannya. Ubah judul dan alamatnya sebelum terbit."))
    return back_to(copy)


@needs("topic.edit")
@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the topic for new learners, or open it again."""
    if request.POST.get("pulihkan"):
        return _act(
            request,
            slug,
            lambda topic: workshop.restore(by=request.user, topic=topic),
            _("Topik dipulihkan."),
        )
    return _act(
        request,
        slug,
        lambda topic: workshop.archive(by=request.user, topic=topic),
        _("Topik diarsipkan. Peserta yang sudah mulai dapat menyelesaikannya."),
    )


@needs("topic.edit")
@require_POST
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the draft to review, or take it back."""
    if request.POST.get("tarik"):
        return _act(
            request,
            slug,
            lambda topic: review.take_back(by=request.user, topic=topic),
            _("Draf kembali kepada Anda."),
        )
    return _act(
        request,
        slug,
        lambda topic: review.submit(by=request.user, topic=topic),
        _("Draf diajukan kepada penelaah."),
    )


@needs("topic.publish")
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the draft."""
    return _act(
        request,
        slug,
        lambda topic: review.publish(by=request.user, topic=topic),
        _("Versi baru terbit. Peserta baru mempelajarinya mulai sekarang."),
    )


@needs("topic.review")
@require_POST
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the draft to its author with a note; without one the page says so."""
    topic = topic_or_404(slug)
    remark = request.POST.get("remark", "")
    try:
        review.send_back(by=request.user, topic=topic, remark=remark)
    except TopicNotValid as refusal:
        return show_topic(request, topic, remark=remark, refusal=str(refusal))
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Draf dikembalikan dengan catatan Anda."))
    return back_to(topic)
