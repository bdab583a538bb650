"""Form fields through which every text of a member comes in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from community.text.clean import clean_line, clean_text, is_blank
from community.text.markdown import render
from community.text.unfit import TextTooHeavy, UnfitText
from community.text.weight import INPUT_LENGTH, insist_on_size

FAR_TOO_LONG = 50  # times what a line may have: its marks and spaces are not looked at any more


def _refusal(error: UnfitText) -> ValidationError:
    return ValidationError(error.message, code=error.code)


class LineField(forms.CharField):
    """A name or a title: one line that cannot pass for another. Cleaned by `clean_line`, unless it is far too long."""

    widget = forms.TextInput(attrs={"dir": "auto"})

    def to_python(self, value: Any) -> str:
        try:
            line = self._cleaned(str(value)) if value not in self.empty_values else ""
        except UnfitText as error:
            raise _refusal(error) from error
        return super().to_python(line) or ""

    def _cleaned(self, text: str) -> str:
        if self.max_length and len(text) > FAR_TOO_LONG * self.max_length:
            raise TextTooHeavy("long", has=len(text), most=self.max_length)
        return clean_line(text)


class ProseField(forms.CharField):
    """A body. Cleaned by `clean_text`; with `markdown`, also light enough to be rendered.

    Blank lines around it go; the indent of its first line, which Markdown means something by, stays. A browser lets in
    what is too long, and the refusal says by how much: with `maxlength` it would cut what is pasted without a word.
    `data-most` lets a script say so before it is sent.
    """

    widget = forms.Textarea(attrs={"dir": "auto", "rows": 8, "placeholder": " "})

    def __init__(self, *, markdown: bool = True, **options: Any) -> None:
        self.markdown = markdown
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        try:
            text = self._cleaned(str(value)) if value not in self.empty_values else ""
        except UnfitText as error:
            raise _refusal(error) from error
        return super().to_python(text) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        most = attributes.pop("maxlength", None)
        return attributes | ({"data-most": most} if most else {})

    def _cleaned(self, text: str) -> str:
        text = text.replace("\r\n", "\n")  # a line's end is one character, as the browser counts
        insist_on_size(text, min(self.max_length or INPUT_LENGTH, INPUT_LENGTH))
        text = clean_text(text).rstrip()
        text = _without_blank_first_lines(text)
        if text and is_blank(text):
            raise UnfitText("blank")
        if self.markdown:
            render(text)
        return text


def _without_blank_first_lines(text: str) -> str:
    start = len(text) - len(text.lstrip())
    return text[text.rfind("\n", 0, start) + 1 :]
