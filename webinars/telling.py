"""The forms in which an organiser says whom to tell of a change, and what; and writes to those who come."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.mail.composing import Composed
from community.text.forms import LineField, ProseField
from forums.forms import TokenField
from i18n.languages import NAMES
from webinars.models import Audience
from webinars.plans import Telling, Texts
from webinars.queries.recipients import Recipients

PREFIX = "telling"
NOTE_LENGTH = 2_000
SUBJECT_LENGTH, TEXT_LENGTH = 150, 10_000


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
    speakers = forms.BooleanField(
        label=pgettext_lazy("telling of a change", "Tell those who speak by mail"), required=False, initial=True
    )
    asked = forms.CharField(widget=forms.HiddenInput, required=False, initial="yes")  # it was shown to her

    def __init__(
        self, data: Any = None, *, languages: Iterable[str], original: str, may_be_quiet: bool, has_speakers: bool
    ) -> None:
        """Params: languages, that are read by those who would be told."""
        was_shown = data is not None and f"{PREFIX}-asked" in data
        super().__init__(data if was_shown else None, prefix=PREFIX)
        if not may_be_quiet:
            del self.fields["tells"]
        if not has_speakers:
            del self.fields["speakers"]
        self.has_speakers = has_speakers
        self.original, self.read = original, list(languages)
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
        return Telling(
            notes=notes, tells_title=told.get("tells", True), tells_speakers=told.get("speakers", self.has_speakers)
        )


class MessageForm(forms.Form):
    """A subject and a text in each language that its readers read; in the session's original one they must stand."""

    audience = forms.ChoiceField(
        label=pgettext_lazy("writing to those who come", "To whom"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
    )
    token = TokenField()

    def __init__(self, data: Any = None, *, recipients: Recipients, original: str, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.codes = list(dict.fromkeys((original, *recipients.languages)))
        for code in self.codes:
            self.fields[f"subject_{code}"] = LineField(
                label=pgettext_lazy("writing to those who come", "Subject"),
                max_length=SUBJECT_LENGTH,
                required=code == original,
                widget=forms.TextInput(attrs={"dir": "auto", "lang": code}),
            )
            self.fields[f"text_{code}"] = ProseField(
                label=pgettext_lazy("writing to those who come", "Text"),
                markdown=False,
                max_length=TEXT_LENGTH,
                required=code == original,
                widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": code}),
            )

    @property
    def by_language(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(code, self[f"subject_{code}"], self[f"text_{code}"]) for code in self.codes]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for code in self.codes:
            subject, text = (f"{part}_{code}" for part in ("subject", "text"))
            for one, other in ((subject, text), (text, subject)):
                if told.get(other) and one in told and not told[one]:
                    words = pgettext("writing to those who come", "Write both in this language, or neither.")
                    self.add_error(one, words)
        return told

    @property
    def subjects(self) -> Texts:
        return self._in_languages("subject")

    @property
    def texts(self) -> Texts:
        return self._in_languages("text")

    def _in_languages(self, part: str) -> Texts:
        return {code: text for code in self.codes if (text := self.cleaned_data.get(f"{part}_{code}"))}


def print_of(mails: list[Composed], to: str = "") -> str:
    """By which it is known again that these mails were shown, and no others. Params: to, whom they reach."""
    return sha256("\n".join([to, *(f"{mail.subject}\n{mail.text}" for mail in mails)]).encode()).hexdigest()[:32]
