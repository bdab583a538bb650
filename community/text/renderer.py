"""Controls of forms, written directly.

Django renders each by a template, its attributes by another, and each line of a list by two: a tenth of what a
member's page of a thread cost. What is not written here, Django's own templates render.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

Widget = Mapping[str, Any]


class DirectRenderer(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        write = WRITERS.get(template_name)
        if write is None:
            return super().render(template_name, context, request)  # type: ignore[return-value]  # Django's stubs say str
        return mark_safe(write(context["widget"]))  # noqa: S308 - all that is not ours is escaped on its way


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value = conditional_escape(localize(widget["value"])) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Widget) -> str:
    groups = []
    for name, options, _ in widget["optgroups"]:
        lines = "".join(f"\n  {_option(option)}" for option in options)
        label = conditional_escape(name) if name else ""
        groups.append(f'\n  <optgroup label="{label}">{lines}\n  </optgroup>' if label else lines)
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{"".join(groups)}\n</select>'


def _option(option: Widget) -> str:
    label = conditional_escape(localize(option["label"]))
    return f'<option value="{_text(option["value"])}"{_attributes(option)}>{label}</option>'


def _attributes(widget: Widget) -> str:
    attributes = widget["attrs"].items()
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in attributes
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


NAMES_OF_INPUTS = ("checkbox", "date", "email", "hidden", "input", "number", "password", "text", "time", "url")
WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in NAMES_OF_INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
