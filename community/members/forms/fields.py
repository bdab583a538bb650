"""Fields of accounts."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext, pgettext_lazy

from community.members.models import Member
from community.text.clean import clean_line, clean_text
from community.text.unfit import UnfitText

PASSWORD_LETTERS = 256  # hashing a longer one costs, and nobody types it


class AddressField(forms.EmailField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("label", pgettext_lazy("account form", "E-mail address"))
        options.setdefault("max_length", 254)
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}))
        options.setdefault(
            "error_messages", {"invalid": pgettext_lazy("account form", "Please write a whole e-mail address.")}
        )
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        try:
            return (super().to_python(clean_line(str(value or ""))) or "").lower()
        except UnfitText as error:
            raise ValidationError(error.message, code=error.code) from error


class PasswordField(forms.CharField):
    """Taken as typed, in NFC: two keyboards may compose one letter differently."""

    def __init__(self, *, autocomplete: str, **options: Any) -> None:
        options.setdefault("label", pgettext_lazy("account form", "Password"))
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"})
        super().__init__(strip=False, max_length=PASSWORD_LETTERS, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        try:
            return super().to_python(clean_text(str(value or ""))) or ""
        except UnfitText as error:
            raise ValidationError(error.message, code=error.code) from error


def new_password_field(**options: Any) -> PasswordField:
    hint = pgettext_lazy(
        "account form", "At least ten characters. Three or four words that only you would put together do well."
    )
    return PasswordField(autocomplete="new-password", help_text=hint, **options)


def hashed_if_fit(form: forms.BaseForm, name: str, member: Member) -> str:
    """The hash of a new password, or "" with the form's error beside the field."""
    password = form.cleaned_data.get(name, "")
    if not password:
        return ""
    try:
        validate_password(password, member)
    except ValidationError as error:
        form.add_error(name, error)
        return ""
    return make_password(password)


def insist_on_whole_place(form: forms.BaseForm) -> None:
    """Half a place is none: the error stands beside the half that is missing."""
    halves = {name: form.cleaned_data.get(name) for name in ("latitude", "longitude") if name not in form.errors}
    missing = [name for name, degrees in halves.items() if degrees is None]
    if len(missing) == 1 and len(halves) == 2:
        form.add_error(missing[0], pgettext("place of a city", "Write both latitude and longitude, or neither."))
