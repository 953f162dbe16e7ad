"""More time for single people: `/kelola/soal/waktu/`."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from shared_apps.rules import selectors as rules
from tenant_apps.learning.errors import ExtensionNotValid
from tenant_apps.learning.services import plans
from tenant_apps.sittings.models import TimeExtension
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.access_rules import needs
from toolkit.tables import Column, Listing


class ExtensionForm(forms.Form):
    """Who gets how much more time until when."""

    login = forms.CharField(label=gettext_lazy("NIP, NI PPPK, atau e-mail"), max_length=200)
    percent = forms.IntegerField(
        label=gettext_lazy("Persen dari batas waktu"),
        help_text=gettext_lazy("130 berarti 130 menit untuk tes 100 menit."),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Berlaku sampai"), widget=forms.DateInput(attrs={"type": "date"})
    )


def _with_people(rows: list[Any]) -> list[Any]:
    people = accounts.holders(
        {each for row in rows for each in (row.member_id, row.given_by) if each}
    )
    for row in rows:
        row.person = people.get(row.member_id)
        row.giver = people[row.given_by].name if row.given_by in people else ""
    return rows


def _withdraw(row: Any) -> str:
    return format_html(
        '<button class="btn btn-quiet btn-sm" form="cabut" formaction="{}">{}'
        '<span class="visually-hidden"> {}</span></button>',
        reverse("withdraw_time", args=[row.member_id]),
        _("Cabut"),
        row.person.name if row.person else "",
    )


def _listing(params: Any) -> Listing:
    columns = [
        Column("nama", gettext_lazy("Nama"), lambda row: row.person.name if row.person else "–"),
        Column("nip", gettext_lazy("NIP/NI PPPK"),
               lambda row: row.person.number if row.person else ""),
        Column("persen", gettext_lazy("Persen"), lambda row: row.percent, ["percent"],
               numeric=True),
        Column("sampai", gettext_lazy("Berlaku sampai"), lambda row: row.valid_until,
               ["valid_until"], cell=lambda row: indonesian.date_long(row.valid_until)),
        Column("oleh", gettext_lazy("Diberi oleh"), lambda row: row.giver),
        Column("tindakan", gettext_lazy("Tindakan"), lambda row: "", cell=_withdraw),
    ]  # fmt: skip
    return Listing(
        params=params, rows=TimeExtension.objects.all(), columns=columns, default="-sampai",
        enrich=_with_people, name="waktu-tambahan",
    )  # fmt: skip


@needs("participant.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def extension_list(request: SignedInRequest) -> HttpResponse:
    """Who has more time; giving it to one more."""
    default = rules.whole("sittings.extension_percent", tenant_id=current_tenant().pk)
    form = ExtensionForm(request.POST or None, initial={"percent": default})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plans.give_time(by=request.user, **data)
            messages.success(request, _("Waktu tambahan tercatat untuk tes yang dimulai nanti."))
            return HttpResponseRedirect(reverse("time_extensions"))
        except ExtensionNotValid as error:
            form.add_error(error.field or None, str(error))
    found = _listing(request.GET)
    if found.wants_download:
        return found.download()
    return render(
        request,
        "learning/extensions.html",
        {"listing": found, "form": form},
        status=422 if form.is_bound and form.errors else 200,
    )


@needs("participant.manage")
@require_POST
def withdraw(request: SignedInRequest, member_id: uuid.UUID) -> HttpResponse:
    """Take more time back."""
    plans.withdraw_time(by=request.user, extension=get_object_or_404(TimeExtension, pk=member_id))
    messages.success(request, _("Waktu tambahan dicabut."))
    return HttpResponseRedirect(reverse("time_extensions"))
