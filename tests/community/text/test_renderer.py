"""Controls of forms say what Django's own templates would."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from community.text.renderer import WRITERS, DirectRenderer

HOSTILE = '"><script>alert(1)</script>&'
CHOICES = [
    ("", "—"),
    ("en", "English"),
    (HOSTILE, HOSTILE),
    (7, 1234),
    ("Group", [("a", gettext_lazy("Yes")), ("b", "B")]),
]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(), None),
    (forms.TextInput(attrs={"dir": "auto", "maxlength": 200, "required": True, "hidden": False}), HOSTILE),
    (forms.TextInput(attrs={HOSTILE: HOSTILE}), mark_safe("<b>")),
    (forms.NumberInput(attrs={"min": 5}), 60),
    (forms.EmailInput(), "ana@quito.example"),
    (forms.URLInput(), "https://quito.example/?a=1&b=2"),
    (forms.PasswordInput(), "secret"),
    (forms.HiddenInput(), HOSTILE),
    (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "2026-11-26"),
    (forms.TimeInput(), "08:00"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(attrs={"disabled": True}), False),
    (forms.Textarea(), None),
    (forms.Textarea(attrs={"rows": 3}), f"\n{HOSTILE}\n</textarea>"),
    (forms.Select(choices=CHOICES), "en"),
    (forms.Select(choices=CHOICES, attrs={"required": True}), HOSTILE),
    (forms.SelectMultiple(choices=CHOICES), ["a", "7"]),
    (forms.NullBooleanSelect(), True),
    (forms.RadioSelect(choices=CHOICES), "en"),  # not written here: Django's own
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=lambda each: type(each).__name__)
def test_a_control_is_what_djangos_templates_make_of_it(widget: forms.Widget, value: Any) -> None:
    ours, theirs = (
        widget.render("field", value, attrs={"id": "id_field"}, renderer=renderer)
        for renderer in (DirectRenderer(), DjangoTemplates())
    )

    assert lines_of(ours) == lines_of(theirs)


def lines_of(html: str) -> list[str]:
    """Without the white space between tags; what is typed keeps its own."""
    return [line.strip() if "textarea" not in html else line for line in html.splitlines() if line.strip()]


def test_every_control_that_is_written_here_was_compared() -> None:
    compared = {getattr(widget, "template_name", "") for widget, _ in WIDGETS}

    assert set(WRITERS) <= compared | {"django/forms/widgets/input.html"}
