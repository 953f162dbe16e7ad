"""Call letters of a class in the workspace."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.offerings import documents
from shared_apps.offerings import selectors as shared
from shared_apps.offerings.models import Letter
from tenant_apps.learning.seat_forms import LetterForm
from tenant_apps.learning.services import letters as services
from tenant_apps.learning.views.offering_shared import find_offering, frame, in_room_time
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError


def pdf_answer(letter: Letter) -> HttpResponse:
    """Return a letter as a download."""
    response = HttpResponse(documents.letter_pdf(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="surat-panggilan-{letter.pk}.pdf"'
    return response


@needs("offering.manage")
@in_room_time
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters that went out, and the form for the next one."""
    offering = find_offering(slug)
    people = services.called_people(offering)
    agencies = {str(row.agency_id): row.agency_name for row in people}
    form = LetterForm(
        request.POST if request.method == "POST" else None, agencies=list(agencies.items())
    )
    if form.is_bound and form.is_valid():
        agency = form.cleaned_data["agency"]
        try:
            letter = services.call(
                by=request.user, offering=offering, number=form.cleaned_data["number"],
                agency_id=int(agency) if agency else None,
            )  # fmt: skip
        except DomainError as why:
            form.add_error(why.field or None, str(why))
        else:
            messages.success(
                request,
                _("Surat {number} terbit dan peserta diberi tahu.").format(number=letter.number),
            )
            return HttpResponseRedirect(reverse("offering_letters", args=[slug]))
    issued = shared.letters_of_offering(tenant=current_tenant(), uuid=offering.pk)
    rows = [(letter, documents.call_text(letter)) for letter in issued]
    return render(
        request,
        "learning/offering_letters.html",
        {**frame(offering, "offering_letters"), "form": form, "rows": rows, "people": len(people)},
        status=422 if form.is_bound else 200,
    )


@needs("offering.manage")
@require_safe
def letter_pdf(request: HttpRequest, slug: str, letter_id: uuid.UUID) -> HttpResponse:
    """One letter as PDF."""
    offering = find_offering(slug)
    rows = shared.letters_of_offering(tenant=current_tenant(), uuid=offering.pk)
    return pdf_answer(get_object_or_404(rows, pk=letter_id))
