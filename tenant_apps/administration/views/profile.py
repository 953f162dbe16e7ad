"""Profile and look: `/kelola/profil/`, and the public page `/tentang/`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.administration.forms.profile import LookForm, ProfileForm
from tenant_apps.administration.permissions import TENANT
from tenant_apps.administration.selectors.structure import structure
from tenant_apps.administration.services import profile
from tenants import hosts, looks
from tenants.models import Tenant
from tenants.schemas import current_tenant
from toolkit import markdown
from toolkit.access_rules import needs, public
from toolkit.errors import DomainError


def _fresh() -> Tenant:
    """Return the tenant's row as it is now: the one of the request may be seconds old."""
    return Tenant.objects.select_related("agency").get(pk=current_tenant().pk)


@needs(TENANT)
@never_cache
def profile_page(request: SignedInRequest) -> HttpResponse:
    """Change names, contacts and defaults."""
    tenant = _fresh()
    initial = {name: getattr(tenant, name) for name in profile.FIELDS}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        profile.save_profile(by=request.user, values=form.cleaned_data)
        messages.success(request, _("Profil tersimpan."))
        return redirect("profile")
    context = {"form": form, "public_url": hosts.portal_url(f"/i/{tenant.code}/")}
    status = 422 if form.is_bound else 200
    return render(request, "administration/profile.html", context, status=status)


@needs(TENANT)
@never_cache
def look_page(request: SignedInRequest) -> HttpResponse:
    """Change colour and logo; "Pratinjau" shows the page in the colour without keeping it."""
    tenant = _fresh()
    posted = request.method == "POST"
    form = LookForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"colour": tenant.colour},
    )
    preview = posted and "pratinjau" in request.POST
    if posted and form.is_valid() and not preview:
        asked = form.cleaned_data["colour"]
        try:
            kept = profile.save_look(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            text = _("Tampilan tersimpan.")
            if kept != asked:
                text = _(
                    "Tampilan tersimpan. Warna {asked} terlalu terang untuk tulisan putih, "
                    "jadi digelapkan menjadi {kept}."
                ).format(asked=asked, kept=kept)
            messages.success(request, text)
            return redirect("look")
    figures = form.figures
    context = {
        "form": form,
        "figures": figures,
        "stylesheet": looks.stylesheet_name(figures["kept"]) if preview and figures else "",
        "logo_url": f"/tampilan/{tenant.logo_sha256}.png" if tenant.logo_sha256 else "",
    }
    status = 422 if posted and not form.is_valid() else 200
    return render(request, "administration/look.html", context, status=status)


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who teaches here and how to reach them."""
    tenant = current_tenant()
    seats, academies = structure()
    return render(
        request,
        "administration/about.html",
        {
            "tenant": tenant,
            "description": mark_safe(markdown.render(tenant.description)),
            "seats": seats,
            "academies": [
                (each, mark_safe(markdown.render(each.description))) for each in academies
            ],
        },
    )
