"""Rows of lists of threads."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from community.moderation.words import done
from forums.fragments import row_fragment
from forums.models import Thread
from i18n.languages import known
from i18n.times import in_readers_zone

register = template.Library()

register.filter("deed_name", done)


@register.simple_tag
def thread_row(thread: Thread, *, show_forum: bool = False) -> SafeString:
    """The row as it is kept, its time in the active zone. The lists of threads fetch what it shows."""
    html = row_fragment(thread, known(get_language() or ""), show_forum=show_forum)
    return mark_safe(in_readers_zone(html))  # noqa: S308 - rendered by our template
