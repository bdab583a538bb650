"""The form in which organisers decide who comes."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext, pgettext_lazy

from community.text.forms import ProseField
from i18n.languages import DEFAULT
from webinars.plans import Texts

NOTE_LENGTH = 2_000  # characters


class DecideForm(forms.Form):
    """Those who are chosen, by the ids of their registrations, and a text that goes with their mails."""

    note = ProseField(
        label=pgettext_lazy("deciding who comes", "A few words to them"),
        help_text=pgettext_lazy("deciding who comes", "They stand in the mail to each of them, as you write them."),
        markdown=False,
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        found = data.getlist(f"{prefix}-chosen") if data is not None else []
        self.chosen = {int(each) for each in found if each.isdecimal() and len(each) < 18}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.chosen:
            raise forms.ValidationError(pgettext("deciding who comes", "Tick whom you mean first."))
        return told

    @property
    def texts(self) -> Texts:
        """In the language in which she reads the desk."""
        note: str = self.cleaned_data["note"]
        return {get_language() or DEFAULT: note} if note else {}
