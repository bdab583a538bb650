"""Form fields about languages, places and times."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import pgettext

from i18n.zones import zone

YEARS = range(2000, 2100)


class GuessedZoneField(forms.Field):
    """The IANA zone that the browser names. A wrong guess is nobody's mistake: UTC then, whatever it was."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"data-guess-zone": ""}))

    def to_python(self, value: Any) -> str:
        return str(zone(value or "UTC"))


class WallTimeField(forms.CharField):
    """What a wall clock shows, in a zone that another field names: 2026-11-26T08:00."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> str:
        if not (text := super().to_python(value)):
            return ""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = datetime.min
        if moment.year not in YEARS:
            words = pgettext("form field: a day and a time", "Write a day and a time, as 2026-11-26T08:00.")
            raise forms.ValidationError(words)
        return moment.replace(tzinfo=None).isoformat(timespec="minutes")
