"""One's own account: who I am, how far that is confirmed, where I am signed in."""

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shared_apps.accounts import selectors
from shared_apps.accounts.choices import IdentityState, Zone
from shared_apps.accounts.forms import IdentityForm
from shared_apps.accounts.nip import format_number
from shared_apps.accounts.requests import SignedInRequest
from shared_apps.accounts.services import identities, sessions, zones
from toolkit.access_rules import signed_in
from toolkit.errors import DomainError


@signed_in
@never_cache
def profile(request: SignedInRequest) -> HttpResponse:
    """Show the account, its identity and its sessions."""
    account = request.user
    identity = selectors.identity_of(account.pk)
    here = request.session.session_key
    return render(
        request,
        "accounts/profile.html",
        {
            "identity": identity,
            "number": format_number(identity.number) if identity else "",
            "can_redeclare": identity is not None and identity.state != IdentityState.CONFIRMED,
            "email_verified": selectors.email_is_verified(account.pk),
            "zones": Zone.choices,
            "sessions": [
                {
                    "mark": sessions.mark_of(row.session_key),
                    "device": row.device,
                    "signed_in_at": row.signed_in_at,
                    "here": row.session_key == here,
                }
                for row in selectors.sessions_of(account.pk)
            ],
        },
    )


@signed_in
@never_cache
def identity(request: SignedInRequest) -> HttpResponse:
    """State number and agency anew, while they are not confirmed."""
    found = selectors.identity_of(request.user.pk)
    if found is None or found.state == IdentityState.CONFIRMED:
        return redirect("account_profile")
    form = IdentityForm.for_identity(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            identities.redeclare(by=request.user, number=data["number"], agency_id=data["agency"])
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Nomor dan instansi sudah disimpan."))
            return redirect("account_profile")
    return render(request, "accounts/identity.html", {"form": form, "identity": found})


@signed_in
@require_POST
def choose_zone(request: SignedInRequest) -> HttpResponse:
    """Keep the zone in which the person reads times."""
    if zones.choose_zone(by=request.user, zone=request.POST.get("zona", "")):
        messages.success(request, _("Zona waktu disimpan."))
    return redirect("account_profile")


@signed_in
@require_POST
def end_session(request: SignedInRequest) -> HttpResponse:
    """End one other session, or all others."""
    here = request.session.session_key
    mark = request.POST.get("sesi", "")
    if mark:
        ended = sessions.end_one(by=request.user, mark=mark, kept=here)
    else:
        ended = sessions.end_others(by=request.user, kept=here)
    if ended:
        messages.success(request, _("Perangkat itu sudah dikeluarkan."))
    return redirect("account_profile")


@signed_in
@require_POST
def resend_confirmation(request: SignedInRequest) -> HttpResponse:
    """Send the mail with the confirmation link once more; at most every three minutes."""
    address = selectors.unverified_email(request.user.pk)
    if address is not None and send_verification_email_to_address(request, address):
        messages.success(request, _("E-mail konfirmasi sudah dikirim ke alamat Anda."))
    else:
        messages.info(request, _("E-mail konfirmasi baru saja dikirim. Periksa juga folder spam."))
    return redirect("account_profile")
