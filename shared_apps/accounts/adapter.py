"""What allauth asks of the product: safe redirects, limits, and mail in the background."""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.accounts import selectors, tasks, throttle
from shared_apps.accounts.addresses import client_address
from shared_apps.accounts.devices import device_name
from shared_apps.accounts.session_store import DEVICE_KEY, SIGNED_IN_AT_KEY
from tenants import hosts

_MISMATCH = gettext_lazy("NIP, alamat e-mail, atau kata sandi tidak cocok.")


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter for one portal and many tenant hosts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "invalid_login": _MISMATCH,
        "enter_current_password": gettext_lazy("Kata sandi sekarang tidak cocok."),
        "invalid_password_reset": gettext_lazy("Tautan ini sudah tidak berlaku."),
    }
    #: Messages after an action; allauth's other ones are not shown.
    messages = {
        "account/messages/logged_out.txt": gettext_lazy("Anda sudah keluar."),
        "account/messages/password_changed.txt": gettext_lazy("Kata sandi sudah diganti."),
        "account/messages/email_confirmed.txt": gettext_lazy("Alamat e-mail sudah dikonfirmasi."),
        "account/messages/email_confirmation_failed.txt": gettext_lazy(
            "Alamat e-mail ini tidak dapat dikonfirmasi."
        ),
    }

    def is_safe_url(self, url: str | None) -> bool:
        """Allow paths, and addresses on the portal or on a known tenant host."""
        if not url:
            return False
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if parts.netloc:
            return parts.scheme == settings.PUBLIC_SCHEME and hosts.is_known_host(parts.netloc)
        return bool(super().is_safe_url(url))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address as all limits of the product see it."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; refuse it, before any password is looked at, above a limit."""
        login = str(credentials.get("email") or credentials.get("username") or "")
        self._attempt = throttle.begin_sign_in(
            account_key=selectors.login_key(login), address=client_address(request)
        )
        if self._attempt.blocked_until is not None:
            raise ValidationError(
                _(
                    "Terlalu banyak percobaan masuk yang gagal. Coba lagi mulai pukul %(clock)s, "
                    "atau atur ulang kata sandi lewat e-mail."
                ),
                code="too_many_login_attempts",
                params={"clock": throttle.clock(self._attempt.blocked_until)},
            )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the account for the credentials or None; a success is not counted."""
        account = super().authenticate(request, **credentials)
        if account is not None:
            self._attempt.succeeded()
        return account

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session and note when and on what kind of device."""
        super().login(request, user)
        request.session[DEVICE_KEY] = device_name(request.META.get("HTTP_USER_AGENT", ""))
        request.session[SIGNED_IN_AT_KEY] = timezone.now().isoformat()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show one of our own messages for allauth's template, or the given text."""
        text = message or self.messages.get(message_template or "", "")
        if text:
            super().add_message(request, level, extra_tags=extra_tags, message=str(text))

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Write a mail of plain text from our own templates, in the language of the request."""
        # allauth builds addresses from the request's Host, whose port anybody can make up.
        context = {
            key: hosts.portal_url(urlsplit(value).path) if key.endswith("_url") else value
            for key, value in context.items()
        }
        name = template_prefix.rsplit("/", 1)[-1]
        # Which of allauth's apps a mail comes from does not matter to who reads it.
        name = {"email_confirmation_signup": "email_confirmation"}.get(name, name)
        subject = render_to_string(f"accounts/emails/{name}_subject.txt", context)
        body = render_to_string(f"accounts/emails/{name}.txt", context)
        recipients = [email] if isinstance(email, str) else email
        return EmailMessage(
            " ".join(subject.split()), body.strip() + "\n", self.get_from_email(), recipients
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail now and leave its sending to the worker, once the transaction stands."""
        mail = self.render_mail(template_prefix, email, {"email": email, **context})
        enqueue = partial(
            tasks.send_mail.enqueue, mail.subject, str(mail.body), mail.from_email, mail.to
        )
        transaction.on_commit(enqueue)
