"""What matters most is asked for by who knows the password, not by who found the device open."""

from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.limits import allow
from community.members.forms.fields import PasswordField
from community.members.models import Member

TRIES_AN_HOUR = 10


class PresentPasswordForm(forms.Form):
    password = PasswordField(label=pgettext_lazy("account form", "Current password"), autocomplete="current-password")

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not allow(f"present-password:{self.member.pk}", times=TRIES_AN_HOUR, seconds=3600):
            raise forms.ValidationError(
                pgettext("account form", "Too many tries in a row. Please wait an hour."), code="often"
            )
        if not self.member.check_password(password):
            raise forms.ValidationError(pgettext("account form", "This is not your current password."), code="wrong")
        return password


class LeaveForm(PresentPasswordForm):
    understood = forms.BooleanField(
        label=pgettext_lazy("leaving form", "I have read what goes and what stays."),
    )
    field_order = ["understood", "password"]
