"""Rows of lists of threads."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy

from forums.fragments import row_fragment
from forums.models import Thread
from i18n.languages import known
from i18n.times import in_readers_zone

register = template.Library()

DEEDS = {
    "hide": pgettext_lazy("decision of a moderator", "Hidden"),
    "restore": pgettext_lazy("decision of a moderator", "Shown again"),
    "lock": pgettext_lazy("decision of a moderator", "Locked"),
    "unlock": pgettext_lazy("decision of a moderator", "Unlocked"),
    "pin": pgettext_lazy("decision of a moderator", "Pinned"),
    "unpin": pgettext_lazy("decision of a moderator", "Unpinned"),
    "move": pgettext_lazy("decision of a moderator", "Moved"),
    "hide-version": pgettext_lazy("decision of a moderator", "Earlier version hidden"),
    "restore-version": pgettext_lazy("decision of a moderator", "Earlier version shown again"),
    "close-poll": pgettext_lazy("decision of a moderator", "Poll closed"),
    "reopen-poll": pgettext_lazy("decision of a moderator", "Poll opened again"),
    "take-off-summary": pgettext_lazy("decision of a moderator", "Summary taken off"),
    "join-tag": pgettext_lazy("decision of a moderator", "Made a synonym"),
    "part-tag": pgettext_lazy("decision of a moderator", "Made a tag of its own"),
}


@register.filter
def deed_name(deed: str) -> str:
    """What was decided, as a list of decisions says it."""
    return str(DEEDS.get(deed, deed))


@register.simple_tag
def thread_row(thread: Thread, *, show_forum: bool = False) -> SafeString:
    """The row as it is kept, its time in the active zone. The lists of threads fetch what it shows."""
    html = row_fragment(thread, known(get_language() or ""), show_forum=show_forum)
    return mark_safe(in_readers_zone(html))  # noqa: S308 - rendered by our template
