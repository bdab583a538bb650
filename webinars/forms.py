"""What somebody says who registers."""

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from community.members.forms.fields import AddressField
from community.text.forms import LineField
from i18n.forms import GuessedZoneField
from i18n.languages import LANGUAGES
from webinars.models import Registration


class _AboutHer(forms.Form):
    name = LineField(
        label=pgettext_lazy("registering for a session", "Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    city_name = LineField(
        label=pgettext_lazy("registering for a session", "City"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("registering for a session", "Language of our mails"), choices=LANGUAGES
    )


class RegisterForm(_AboutHer):
    """For who has no account."""

    email = AddressField()
    timezone = GuessedZoneField()
    field_order = ("name", "email", "city_name", "language", "timezone")


class RemindersForm(forms.Form):
    reminds_day = forms.BooleanField(
        label=pgettext_lazy("registering for a session", "Remind me a day before"), required=False
    )
    reminds_hour = forms.BooleanField(
        label=pgettext_lazy("registering for a session", "Remind me an hour before"), required=False
    )


class ChangeRegistrationForm(_AboutHer, RemindersForm):
    """For who has no account, on her own page."""

    field_order = ("name", "city_name", "language", "reminds_day", "reminds_hour")

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        super().__init__(data, initial={name: getattr(registration, name) for name in self.base_fields})


def reminders_form(registration: Registration) -> RemindersForm:
    """As she has chosen."""
    return RemindersForm(initial={name: getattr(registration, name) for name in RemindersForm.base_fields})
