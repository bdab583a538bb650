"""Passkeys, codes and what proves that it is still she."""

import json
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from community.members.forms.fields import PasswordField
from community.members.passkeys import LONGEST_ANSWER
from community.text.clean import clean_line
from community.text.forms import LineField
from community.text.unfit import UnfitText


class CodeField(forms.CharField):
    """Of an app or of the paper on which she wrote her recovery codes."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", pgettext_lazy("second step", "Code"))
        attributes = {"autocomplete": "one-time-code", "dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            max_length=40, widget=forms.TextInput(attrs={**attributes, **options.pop("attrs", {})}), **options
        )

    def to_python(self, value: Any) -> str:
        try:
            return super().to_python(clean_line(str(value or ""))) or ""
        except UnfitText as error:
            raise forms.ValidationError(error.message, code=error.code) from error


class CodeForm(forms.Form):
    code = CodeField(
        help_text=pgettext_lazy("second step", "Six digits from your authenticator app, or one of your recovery codes.")
    )


class AppForm(forms.Form):
    code = CodeField(
        label=pgettext_lazy("adding an authenticator app", "Code that the app shows"),
        attrs={"inputmode": "numeric"},
    )


class PresentPasswordForm(forms.Form):
    password = PasswordField(autocomplete="current-password")


class PasskeyNameForm(forms.Form):
    name = LineField(
        label=pgettext_lazy("passkey", "Name of the passkey"),
        help_text=pgettext_lazy("passkey", "By which you know it again, for example: my phone."),
        max_length=60,
    )


def answer_of(text: str) -> dict[str, Any]:
    """What a browser's passkey answered; empty where it is nothing of the kind."""
    if len(text) > LONGEST_ANSWER:
        return {}
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
