"""The form in which the titles of many sessions are written at once, in all languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import pgettext

from community.text.forms import LineField
from i18n.languages import CODES, NAMES
from webinars.models import Session
from webinars.plans import Naming


class TitlesForm(forms.Form):
    """Of a draft every title can be written; of what others see, those that are missing: nobody is told of them.

    What a title was when its page was made comes back with it, so that what another has changed is not overwritten.
    """

    def __init__(self, sessions: Iterable[Session], data: Any = None) -> None:
        super().__init__(data)
        self.sessions = list(sessions)
        for session in self.sessions:
            for code in _open_languages(session):
                self.fields[_name(session, code)] = LineField(
                    label=NAMES[code],
                    max_length=200,
                    required=False,
                    initial=title_of(session, code),
                    show_hidden_initial=True,
                    widget=forms.TextInput(attrs={"dir": "auto", "lang": code}),
                )

    @property
    def rows(self) -> list[tuple[Session, list[forms.BoundField], list[tuple[str, str]]]]:
        """Of each session the titles that can be written, and the others: language and text."""
        return [
            (
                session,
                [self[_name(session, code)] for code in _open_languages(session)],
                [(code, title_of(session, code)) for code in CODES if code not in _open_languages(session)],
            )
            for session in self.sessions
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for session in self.sessions:
            name = _name(session, session.original_language)
            if name in told and not told[name]:
                words = pgettext("writing many titles", "This is its original language: a title must stay.")
                self.add_error(name, words)
        return told

    @property
    def namings(self) -> list[Naming]:
        """Of a valid form, what was changed in it."""
        found = []
        for session in self.sessions:
            changed = [code for code in _open_languages(session) if _name(session, code) in self.changed_data]
            titles = {code: self.cleaned_data[_name(session, code)] for code in changed}
            before = {code: self.data.get(self[_name(session, code)].html_initial_name, "") for code in changed}
            if titles:
                found.append(Naming(session.pk, before=before, titles=titles))
        return found


def title_of(session: Session, code: str) -> str:
    return getattr(session, f"title_{code}") or ""


def _open_languages(session: Session) -> list[str]:
    return list(CODES) if session.is_draft else session.untranslated


def _name(session: Session, code: str) -> str:
    return f"title-{session.pk}-{code}"
