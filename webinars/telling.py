"""The form in which an organiser says whom to tell of a change, and what."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.mail.composing import Composed
from community.text.forms import ProseField
from i18n.languages import NAMES
from webinars.plans import Telling
from webinars.queries.recipients import Recipients

PREFIX = "telling"
NOTE_LENGTH = 2_000


class TellingForm(forms.Form):
    """A note in each language that is read, and in the session's original one, which stands first."""

    tells = forms.BooleanField(
        label=pgettext_lazy("telling of a change", "Tell them by mail"),
        help_text=pgettext_lazy(
            "telling of a change",
            "Without a mail, the session keeps its old title in calendars that took our invitation in.",
        ),
        required=False,
        initial=True,
    )
    asked = forms.CharField(widget=forms.HiddenInput, required=False, initial="yes")  # it was shown to her

    def __init__(self, data: Any = None, *, recipients: Recipients, original: str, may_be_quiet: bool) -> None:
        was_shown = data is not None and f"{PREFIX}-asked" in data
        super().__init__(data if was_shown else None, prefix=PREFIX)
        if not may_be_quiet:
            del self.fields["tells"]
        self.original, self.read = original, recipients.languages
        for code in dict.fromkeys((original, *self.read)):
            self.fields[f"note_{code}"] = ProseField(
                label=NAMES[code],
                markdown=False,
                required=False,
                max_length=NOTE_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "lang": code}),
            )

    @property
    def notes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("note_")]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        given = {code for code in (self.original, *self.read) if told.get(f"note_{code}")}
        if given and self.original not in given and not given.issuperset(self.read) and not self.errors:
            words = pgettext(
                "telling of a change",
                "Write it in this language too: those whose language has no text of yours get this one.",
            )
            self.add_error(f"note_{self.original}", words)
        return told

    @property
    def telling(self) -> Telling:
        """As she says, or of what she has typed so far what can be shown."""
        told = self.cleaned_data if self.is_bound else {}
        notes = {name.removeprefix("note_"): text for name, text in told.items() if name.startswith("note_") and text}
        return Telling(notes=notes, tells_title=told.get("tells", True))


def print_of(mails: list[Composed]) -> str:
    """By which it is known again that these mails were shown, and no others."""
    return sha256("\n".join(f"{mail.subject}\n{mail.text}" for mail in mails).encode()).hexdigest()[:32]
