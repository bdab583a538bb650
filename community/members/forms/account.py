"""Signing up and in; a new password, a new address."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.members.forms.fields import AddressField, PasswordField, hashed_if_fit, new_password_field
from community.members.models import Member
from community.text.forms import LineField
from i18n.forms import GuessedZoneField


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"})
        self.fields = {
            "login": AddressField(widget=widget),
            "password": PasswordField(autocomplete="current-password"),
        }


class JoinForm(forms.Form):
    """`hashed` is the password's hash: one for every form sent, whoever has the address."""

    name = LineField(
        label=pgettext_lazy("sign-up form", "Your name"),
        help_text=pgettext_lazy("sign-up form", "As colleagues in other cities should see it, in any alphabet."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField()
    password1 = new_password_field()
    timezone = GuessedZoneField()
    hashed = ""

    def clean(self) -> dict[str, Any]:
        somebody = Member(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))
        self.hashed = hashed_if_fit(self, "password1", somebody)
        return self.cleaned_data


class ForgottenForm(forms.Form):
    email = AddressField()


class NewPasswordForm(forms.Form):
    """After a reset's link. `user` and `temp_key` are allauth's names."""

    password1 = new_password_field(label=pgettext_lazy("account form", "New password"))
    hashed = ""

    def __init__(self, *args: Any, user: Member, temp_key: str = "", **kwargs: Any) -> None:
        self.member = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        self.hashed = hashed_if_fit(self, "password1", self.member)
        return self.cleaned_data


class _WithPresentPassword(forms.Form):
    """What matters most is changed by who knows the password, not by who found the device open."""

    oldpassword = PasswordField(
        label=pgettext_lazy("account form", "Current password"), autocomplete="current-password"
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        if not self.member.check_password(password):
            raise forms.ValidationError(pgettext("account form", "This is not your current password."), code="wrong")
        return password


class ChangePasswordForm(_WithPresentPassword):
    password1 = new_password_field(label=pgettext_lazy("account form", "New password"))
    hashed = ""

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self.hashed = hashed_if_fit(self, "password1", self.member)
        return self.cleaned_data


class ChangeAddressForm(_WithPresentPassword):
    email = AddressField(label=pgettext_lazy("account form", "New e-mail address"))
    field_order = ["email", "oldpassword"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == self.member.email:
            raise forms.ValidationError(pgettext("account form", "This is already your e-mail address."), code="same")
        return email
