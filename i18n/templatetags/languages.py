"""What every template may use: languages, directions, times, faces and icons."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from django import template
from django.core.paginator import Page
from django.db.models import Model
from django.forms import BoundField, CheckboxInput, EmailInput, Select, Textarea, TextInput, URLInput
from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from i18n import texts, times
from i18n.direction import direction_of
from i18n.languages import DEFAULT, NAMES

register = template.Library()

NO_TEXT_DIRECTION = (EmailInput, URLInput)
FACE_COLOURS = ("a", "b", "c", "d")
FACE_NAME = "photo.webp"
FACE = (
    '<img class="face" src="{0}?size=96" srcset="{0}?size=96 1x, {0}?size=192 2x" '
    'width="40" height="40" alt="" loading="lazy" decoding="async">'
)


@register.simple_tag
def said(thing: Model, field: str, mark: bool = False) -> SafeString:
    """A curated text in the page's language, or in another one that is then named to browsers.

    `mark=True` adds a chip where the page's language still lacks it.
    """
    language = get_language() or DEFAULT
    text, spoken = texts.said(thing, field, language)
    if spoken == language:
        return format_html("{}", text)
    element = format_html('<span lang="{}" dir="{}">{}</span>', spoken, direction_of(spoken), text)
    if not mark:
        return element
    chip = pgettext("chip beside a text shown in another language", "not yet translated")
    return format_html('{} <span class="chip">{}</span>', element, chip)


@register.filter
@register.simple_tag
def said_text(thing: Model, field: str) -> str:
    """The same text bare, for titles and attributes, where no element may stand."""
    return texts.said(thing, field, get_language() or DEFAULT).text


@register.simple_tag
def when(moment: datetime | None, *, weekday: bool = False) -> SafeString | str:
    """The moment in the active zone, which is named. Params: weekday, whether its day of the week is said too."""
    say = times.meeting_element if weekday else times.time_element
    return say(moment) if moment else ""


@register.simple_tag
def day(moment: date | None) -> SafeString | str:
    return times.day_element(moment) if moment else ""


@register.filter
def weekday_clock(moment: datetime) -> str:
    """`Thu 08:00`, of the moment in the zone it is given in, for where that zone's place is named beside it."""
    return times.weekday_clock(moment)


@register.simple_tag
def comma() -> str:
    """Between two of a list that is written out."""
    return texts.comma()


@register.filter
def listed(names: Iterable[object]) -> str:
    return texts.listed(names)


@register.tag
def words(parser: Parser, token: Token) -> "WordsNode":
    """`{% words name %}…{% endwords %}`: what stands between, a block too, said later, as often as it is wanted.

    It is fit for attributes and for elements, and one line.
    """
    _, name = token.split_contents()
    nodes = parser.parse(("endwords",))
    parser.delete_first_token()
    return WordsNode(nodes, name)


class WordsNode(Node):
    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        line = " ".join(self.nodelist.render(context).split())
        context[self.name] = mark_safe(line.replace('"', "&quot;"))  # noqa: S308 - rendered by our own templates
        return SafeString("")


@register.tag
def once(parser: Parser, token: Token) -> "OnceNode":
    """`{% once member=user.is_authenticated %}…{% endonce %}`: rendered once for each language, and yes and no.

    What stands between sees only these answers, so nothing of a reader or of the page can get into it.
    """
    _, *bits = token.split_contents()
    answers = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"once: {bits[0]} has no name")
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodes, answers)


class OnceNode(Node):
    def __init__(self, nodelist: NodeList, answers: dict[str, FilterExpression]) -> None:
        self.nodelist, self.answers = nodelist, answers
        self.kept: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        answers = {name: bool(answer.resolve(context)) for name, answer in self.answers.items()}
        key = get_language(), *answers.values()
        if key not in self.kept:
            self.kept[key] = self.nodelist.render(context.new(answers))
        return self.kept[key]


@register.filter
def autonym(code: str) -> str:
    """The name a language has for itself; the bare tag where nobody knows it.

    (Not `language_name`: Django's filter of that name answers in English wherever its library is loaded.)
    """
    if code in NAMES:
        return NAMES[code]
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


@register.filter
def direction(code: str) -> str:
    return direction_of(code)


@register.simple_tag
def face(member: Any) -> SafeString:
    """The disc with a member's photo or initials, hidden from screen readers: her name always stands beside it."""
    if member and member.photo:
        address = reverse("file", args=[member.photo, FACE_NAME])
        return format_html(FACE, address)
    colour = FACE_COLOURS[member.pk % len(FACE_COLOURS)] if member and member.pk else "a"
    letters = initials(member.name) if member else "·"
    return format_html('<span class="face {}" dir="auto" aria-hidden="true">{}</span>', colour, letters)


def initials(name: str) -> str:
    """Two letters in scripts that have capitals; one elsewhere, where two would join or mean a word."""
    words = [word for word in name.split() if word[0].isalpha()] or name.split() or ["·"]
    first, last = words[0][0], words[-1][0]
    if len(words) == 1 or not (first.upper() != first.lower() and last.upper() != last.lower()):
        return first.upper()
    return (first + last).upper()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture from icons.svg beside a word that says the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("community/icons.svg"), name
    )


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's control, with what it held at first where that comes back too. What people write runs in the
    direction of its own script."""
    widget = field.field.widget
    free = isinstance(widget, (TextInput, Textarea)) and not isinstance(widget, NO_TEXT_DIRECTION)
    attributes: dict[str, str | bool] = {"dir": "auto"} if free and "dir" not in widget.attrs else {}
    if field.errors and field.name == next(iter(field.form.errors)):
        attributes["autofocus"] = True  # the first that is refused, where one goes on writing
    shown = field.as_widget(attrs=attributes)
    return shown + field.as_hidden(only_initial=True) if field.field.show_hidden_initial else shown


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def may_be_left_empty(field: BoundField) -> bool:
    """A list without an empty line always has a value."""
    widget = field.field.widget
    is_full = isinstance(widget, Select) and not widget.allow_multiple_selected and bool(widget.choices)
    return not field.field.required and not (is_full and all(str(value) for value, _ in widget.choices))


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The pages worth a link, with None where some are left out: 1 … 4 5 6 … 20."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in elided]
