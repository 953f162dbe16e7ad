"""Changing a password, and setting a new one by a link sent to the e-mail address."""

from typing import Any

from allauth.account import views as allauth_views
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from shared_apps.accounts import throttle
from shared_apps.accounts.services import sessions
from toolkit.access_rules import public, signed_in


@method_decorator(never_cache, name="dispatch")
class PasswordChangeView(allauth_views.PasswordChangeView):
    """Changes the password of who is signed in; their other sessions end with it."""

    access_rule = signed_in
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("account_profile")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send an account that has no password yet (made by an import) to the mail's link."""
        if not request.user.has_usable_password():  # type: ignore[union-attr]
            return HttpResponseRedirect(reverse("account_reset_password"))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Save; sessions opened with the old password hold no more, so they leave the list."""
        response: HttpResponseBase = super().form_valid(form)
        sessions.end_others(by=form.user, kept=self.request.session.session_key)
        return response


class PasswordResetView(allauth_views.PasswordResetView):
    """Sends a link for a new password; says the same whether the address is known."""

    access_rule = public
    template_name = "accounts/password_reset.html"


class PasswordResetSentView(allauth_views.PasswordResetDoneView):
    """Says that the mail is on its way."""

    access_rule = public
    template_name = "accounts/password_reset_sent.html"


@method_decorator(never_cache, name="dispatch")
class NewPasswordView(allauth_views.PasswordResetFromKeyView):
    """Sets the new password; the way in is then free of earlier failed attempts."""

    access_rule = public
    template_name = "accounts/password_new.html"

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Save, forget the failed sign-ins and sign in."""
        throttle.forget_account(str(self.reset_user.pk))
        sessions.end_others(by=self.reset_user, kept=self.request.session.session_key)
        response: HttpResponseBase = super().form_valid(form)
        return response


class NewPasswordDoneView(allauth_views.PasswordResetFromKeyDoneView):
    """Says that the new password holds."""

    access_rule = public
    template_name = "accounts/password_new_done.html"


class EmailConfirmationView(allauth_views.ConfirmEmailView):
    """Confirms an e-mail address by the link of a mail, after a press of the button."""

    access_rule = public
    template_name = "accounts/email_confirmation.html"
