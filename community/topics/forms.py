"""A field of tags, as members type them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import npgettext

from community.text.clean import clean_line
from community.text.folding import folded
from community.text.unfit import UnfitText

_BETWEEN = re.compile("[,;\n،؛、]")
MOST_LETTERS = 40


class TagsField(forms.Field):
    """Words between commas, of any script; answers a list of names, without doubles."""

    widget = forms.TextInput(attrs={"dir": "auto", "data-tags": ""})

    def __init__(self, *, most: int = 5, **options: Any) -> None:
        self.most = most
        super().__init__(required=options.pop("required", False), **options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        try:
            names = [clean_line(part).lstrip("#").strip() for part in _BETWEEN.split(str(value or ""))]
        except UnfitText as error:
            raise ValidationError(error.message, code=error.code) from error
        return list({folded(name): name for name in reversed(names) if folded(name)}.values())[::-1]

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > self.most:
            text = npgettext("tags field", "At most %(most)d tag, please.", "At most %(most)d tags, please.", self.most)
            raise ValidationError(text % {"most": self.most}, code="most")
        if any(max(len(name), len(folded(name))) > MOST_LETTERS for name in value):
            text = npgettext(
                "tags field",
                "A tag has at most %(letters)d letter.",
                "A tag has at most %(letters)d letters.",
                MOST_LETTERS,
            )
            raise ValidationError(text % {"letters": MOST_LETTERS}, code="long")
