"""Form fields about languages, places and times."""

from typing import Any

from django import forms

from i18n.zones import zone


class GuessedZoneField(forms.Field):
    """The IANA zone that the browser names. A wrong guess is nobody's mistake: UTC then, whatever it was."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"data-guess-zone": ""}))

    def to_python(self, value: Any) -> str:
        return str(zone(value or "UTC"))
