"""Why a text cannot be taken, with its words for the one who wrote it."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

WORDS: dict[str, str | Promise] = {
    "nul": pgettext_lazy("refused text", "This text contains a NUL character. Please take it out."),
    "surrogate": pgettext_lazy("refused text", "This text contains half of a character. Please type it again."),
    "control": pgettext_lazy("refused text", "This text contains an invisible control character. Please take it out."),
    "override": pgettext_lazy("refused text", "This text contains a character that reverses the direction of writing."),
    "direction": pgettext_lazy("refused text", "Please leave out characters that change the direction of writing."),
    "marks": pgettext_lazy("refused text", "This text stacks too many accents on one letter."),
    "blank": pgettext_lazy("refused text", "Nothing can be seen in this text. Please write something."),
    "long": pgettext_lazy("refused text", "This text has %(has)d characters: at most %(most)d, please."),
    "output": pgettext_lazy("refused text", "This text would become too large a page. Please shorten or split it."),
    "lines": pgettext_lazy("refused text", "This text contains too many lines: at most %(most)d, please."),
    "nesting": pgettext_lazy("refused text", "Quotes or lists are nested too deep here. Please flatten them."),
    "brackets": pgettext_lazy("refused text", "This text contains too many square brackets: at most %(most)d, please."),
    "links": pgettext_lazy("refused text", "This text contains too many links: at most %(most)d, please."),
    "signs": pgettext_lazy(
        "refused text", "This text contains too many formatting signs. Please simplify or split it."
    ),
    "cells": pgettext_lazy("refused text", "Tables here hold too many cells: at most %(most)d, please."),
}


class UnfitText(ValueError):
    """A text that no door lets in. `code` is a key of WORDS, `places` fill its words."""

    def __init__(self, code: str, **places: int) -> None:
        super().__init__(code, places)
        self.code = code
        self.places = places

    @property
    def message(self) -> str:
        """Why, in the language that is active now."""
        return str(WORDS[self.code]) % self.places


class TextTooHeavy(UnfitText):
    """Fit to be read, but too costly to be rendered."""
