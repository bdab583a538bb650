"""How a mail reads, before anybody gets it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from i18n.direction import direction_of

PARTS = ("subject.txt", "txt", "html")
SUBJECT_LETTERS = 200


@dataclass(frozen=True)
class Composed:
    subject: str
    text: str
    html: str

    @property
    def paragraphs(self) -> list[str]:
        """Of its text: each may be in a language of its own, and run its own way."""
        return [lines for lines in self.text.split("\n\n") if lines.strip()]


def compose(*, to: str, language: str, kind: str, context: Mapping[str, Any]) -> Composed:
    """Params: as `write_mail`; language, one that the house speaks."""
    whole = {
        **context,
        "to": to,
        "origin": settings.PUBLIC_ORIGIN,
        "language": language,
        "direction": direction_of(language),
    }
    with translation.override(language):
        subject, text, html = (render_to_string(f"mail/{kind}.{part}", whole) for part in PARTS)
    return Composed(
        subject=" ".join(subject.split())[:SUBJECT_LETTERS],  # one line: a header with two is refused, the mail lost
        text=text.strip() + "\n",
        html=html.strip() + "\n",
    )
