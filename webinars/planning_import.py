"""The form by which organisers bring a calendar file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from i18n.languages import LANGUAGES
from webinars.importing import MOST_BYTES
from webinars.models import Series
from webinars.planning import SaidField


class ImportForm(forms.Form):
    """A file, or what stands in one, pasted."""

    series: forms.ModelChoiceField[Series] = SaidField(
        Series.objects.order_by("pk"), label=pgettext_lazy("planning many sessions", "Series"), to_field_name="slug"
    )
    language = forms.ChoiceField(label=pgettext_lazy("calendar file", "Language of its titles"), choices=LANGUAGES)
    file = forms.FileField(
        label=pgettext_lazy("calendar file", "Calendar file (.ics)"),
        help_text=pgettext_lazy("calendar file", "From Zoom, Google Calendar, pretalx or Indico; 512 KB at most."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )
    text = forms.CharField(
        label=pgettext_lazy("calendar file", "Or paste what stands in it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr", "spellcheck": "false"}),
    )

    @property
    def text_brought(self) -> str:
        """Of a valid form."""
        return str(self.cleaned_data["brought"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file = told.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", pgettext("calendar file", "This file is too large: 512 KB at most, please."))
            return told
        told["brought"] = file.read().decode("utf-8-sig", "replace") if file is not None else told.get("text", "")
        if not told["brought"].strip():
            self.add_error("file", pgettext("calendar file", "Choose a file, or paste what stands in it."))
        return told
