"""Coming in and going out: sign-in, registration, sign-out."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.utils import get_login_redirect_url
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shared_apps.accounts import throttle
from shared_apps.accounts.addresses import client_address
from toolkit.access_rules import public
from toolkit.errors import DomainError
from toolkit.timed_cache import TimedCache


class _SignIn(allauth_views.LoginView):
    """allauth's view for a form that was sent; the empty form has a page of its own."""

    template_name = "accounts/sign_in.html"


_sign_in_post = _SignIn.as_view()


# Stands for the token of a form in a page that is kept; no text of ours contains it.
_TOKEN_MARK = "{{token}}"
_kept_pages: TimedCache[str, str] = TimedCache(seconds=300, size=8)


def _empty_form(request: HttpRequest) -> HttpResponse:
    """Draw the empty form, without form objects or queries.

    It is the page that everybody opens at eight in the morning. To a stranger who comes without
    any parameter it is the same but for the form's token, so it is drawn once per language.
    """
    template, context = "accounts/sign_in.html", {"redirect_field_value": ""}
    if request.GET or request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}:
        context["redirect_field_value"] = request.GET.get("next", "")
        return render(request, template, context)
    page = _kept_pages.get(
        get_language() or "",
        lambda _: render_to_string(template, {**context, "csrf_token": _TOKEN_MARK}, request),
    )
    return HttpResponse(page.replace(_TOKEN_MARK, get_token(request), 1))


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in by NIP or e-mail; who is signed in already goes straight on."""
    if request.method == "POST":
        return _sign_in_post(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_login_redirect_url(request))
    return _empty_form(request)


class SignOutView(allauth_views.LogoutView):
    """Asks once, then ends the session everywhere on this device."""

    access_rule = public
    template_name = "accounts/sign_out.html"


@method_decorator(never_cache, name="dispatch")
class RegistrationView(allauth_views.SignupView):
    """Makes an account, signs it in and leads back to where the person came from."""

    access_rule = public
    template_name = "accounts/registration.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse an address that registers without end, before the form is looked at."""
        blocked_until = throttle.begin_registration(address=client_address(request))
        if blocked_until is None:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.add_error(
            None,
            _("Terlalu banyak pendaftaran dari jaringan ini. Coba lagi mulai pukul %(clock)s.")
            % {"clock": throttle.clock(blocked_until)},
        )
        response = self.form_invalid(form)
        response.status_code = 429
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Register; what the service refuses stands at its field."""
        try:
            response: HttpResponse = super().form_valid(form)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
            response = self.form_invalid(form)
        return response


class InactiveView(allauth_views.AccountInactiveView):
    """Says that an account is closed."""

    access_rule = public
    template_name = "accounts/inactive.html"


@public
def verification_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail with a confirmation link is on its way."""
    return render(request, "accounts/verification_sent.html")
