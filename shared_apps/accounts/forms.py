"""Forms of accounts."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shared_apps.accounts import agencies, selectors
from shared_apps.accounts.errors import InvalidNumber, RegistrationRefused
from shared_apps.accounts.models import Account
from shared_apps.accounts.names import clean_name
from shared_apps.accounts.nip import Number, format_number, parse_number
from shared_apps.accounts.services import registration

PASSWORD_HELP = gettext_lazy(
    "Sedikitnya 10 karakter, bukan hanya angka, dan tidak mirip nama atau e-mail Anda."
)
BAD_EMAIL = gettext_lazy("Tulis alamat e-mail yang lengkap, misalnya nama@instansi.go.id.")


def _password(label: Any, *, new: bool, help_text: Any = "") -> forms.CharField:
    kind = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=128,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


class NumberField(forms.CharField):
    """NIP or NI PPPK with or without spaces; cleans to a `nip.Number`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("NIP atau NI PPPK"))
        kwargs.setdefault("help_text", gettext_lazy("18 angka. Spasi boleh dipakai."))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        )
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return what the number says; the sentence of a refusal stands at the field."""
        text = super().clean(value)
        try:
            return parse_number(text)
        except InvalidNumber as error:
            raise forms.ValidationError(str(error)) from error


class AgencyField(forms.CharField):
    """An agency picked from the list or typed; cleans to its id.

    A plain text field with a list of suggestions: 650 options of a select are hard to use on a
    phone, and typing works without JavaScript and with a screen reader.
    """

    LIST_ID = "daftar-instansi"
    #: So many names fit into an answer; above, the text says too little.
    SUGGESTIONS = 4

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Instansi"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy("Ketik nama atau singkatannya, lalu pilih dari daftar yang muncul."),
        )
        attrs = {"list": self.LIST_ID, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=300, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the agency's id, or say which names are near."""
        agency_id, near = agencies.find(super().clean(value))
        if agency_id is not None:
            return agency_id
        if len(near) > self.SUGGESTIONS:
            raise forms.ValidationError(
                _("Ada %(count)s instansi dengan kata itu. Tulis namanya lebih lengkap."),
                params={"count": len(near)},
            )
        if len(near) == 1:
            raise forms.ValidationError(
                _("Tidak ada instansi dengan nama itu. Maksud Anda: %(names)s?"),
                params={"names": near[0]},
            )
        if near:
            raise forms.ValidationError(
                _("Ada beberapa instansi yang mirip. Maksud Anda: %(names)s?"),
                params={"names": "; ".join(near)},
            )
        raise forms.ValidationError(
            _("Instansi ini tidak ada dalam daftar. Coba sebagian namanya, misalnya “Badung”.")
        )


class _AgencyOptions:
    """Gives templates the options of the list that an AgencyField names."""

    agency_options = property(lambda self: agencies.register().options)
    agency_list_id = AgencyField.LIST_ID


class SignInForm(allauth_forms.LoginForm):
    """NIP or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=gettext_lazy("NIP atau e-mail"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username"}),
        )
        self.fields["password"] = _password(gettext_lazy("Kata sandi"), new=False)
        self.order_fields(["login", "password"])


class RegistrationForm(_AgencyOptions, allauth_forms.SignupForm):
    """Everything that makes an account; one service writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = NumberField()
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("Nama lengkap"),
            help_text=gettext_lazy("Seperti yang akan tercetak pada sertifikat, dengan gelar."),
            max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        self.fields["email"] = forms.EmailField(
            label=gettext_lazy("Alamat e-mail"),
            max_length=254,
            error_messages={"invalid": BAD_EMAIL},
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )
        self.fields["agency"] = AgencyField()
        self.fields["password1"] = _password(
            gettext_lazy("Kata sandi"), new=True, help_text=PASSWORD_HELP
        )
        self.fields["password2"] = _password(gettext_lazy("Ulangi kata sandi"), new=True)
        self.order_fields(["number", "name", "email", "agency", "password1", "password2"])

    def clean_name(self) -> str:
        """Return the name as certificates print it."""
        try:
            return clean_name(self.cleaned_data["name"])
        except RegistrationRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean_email(self) -> str:
        """Return the address in lower case; whether it is free is looked at in `clean`."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        """Check the passwords and the e-mail address together with the rest of the form."""
        data = self.cleaned_data
        email, password = data.get("email", ""), data.get("password1", "")
        if password:
            try:
                validate_password(password, Account(name=data.get("name", ""), email=email))
            except forms.ValidationError as error:
                self.add_error("password1", error)
            if "password2" in data and data["password2"] != password:
                self.add_error("password2", _("Kedua kata sandi tidak sama."))
        self.repeated = None
        if email and selectors.account_by_email(email) is not None:
            number = data.get("number")
            if isinstance(number, Number) and password:
                self.repeated = registration.repeated_registration(
                    email=email, number=number.digits, password=password
                )
            if self.repeated is None:
                self.add_error("email", str(registration.email_taken()))
        return data

    def try_save(self, request: Any) -> tuple[Account, None]:
        """Register; a form that was sent twice leads to the account of the first time."""
        if self.repeated is not None:
            return self.repeated, None
        data = self.cleaned_data
        try:
            account = registration.register(
                number=data["number"],
                name=data["name"],
                email=data["email"],
                password=data["password1"],
                agency_id=data["agency"],
                language=get_language() or "",
            )
        except RegistrationRefused:
            # The same form may have come twice at once, and the other one was faster.
            twin = registration.repeated_registration(
                email=data["email"], number=data["number"].digits, password=data["password1"]
            )
            if twin is None:
                raise
            account = twin
        return account, None


class IdentityForm(_AgencyOptions, forms.Form):
    """Number and agency, stated anew."""

    number = NumberField()
    agency = AgencyField()

    @classmethod
    def for_identity(cls, identity: Any, data: Any = None) -> "IdentityForm":
        """Return the form, filled with what the identity says now."""
        return cls(
            data,
            initial={
                "number": format_number(identity.number),
                "agency": agencies.label_of(identity.agency_id) or identity.agency.name,
            },
        )


class _SamePasswordTwice:
    """Says in our words that two passwords differ."""

    def clean(self) -> dict[str, Any]:
        """Compare the new password with its repetition."""
        data: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        if data.get("password2") and data.get("password1", data["password2"]) != data["password2"]:
            self.add_error("password2", _("Kedua kata sandi tidak sama."))  # type: ignore[attr-defined]
        return data


class PasswordChangeForm(_SamePasswordTwice, allauth_forms.ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "oldpassword", _("Kata sandi sekarang"))
        _label(self, "password1", _("Kata sandi baru"), PASSWORD_HELP)
        _label(self, "password2", _("Ulangi kata sandi baru"))


class PasswordResetForm(allauth_forms.ResetPasswordForm):
    """The e-mail address that a link for a new password is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "email", _("Alamat e-mail"))
        self.fields["email"].error_messages["invalid"] = BAD_EMAIL

    def clean_email(self) -> str:
        """Find the account; the answer is the same whether there is one."""
        email = str(self.cleaned_data["email"]).strip().lower()
        account = selectors.account_by_email(email)
        self.users = [account] if account is not None and account.is_active else []
        return email


class NewPasswordForm(_SamePasswordTwice, allauth_forms.ResetPasswordKeyForm):
    """A new password, reached by the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "password1", _("Kata sandi baru"), PASSWORD_HELP)
        _label(self, "password2", _("Ulangi kata sandi baru"))


def _label(form: forms.Form, name: str, label: str, help_text: Any = "") -> None:
    """Give a field of allauth our words: no placeholder, no help in HTML."""
    field = form.fields[name]
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
