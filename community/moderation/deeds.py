"""What a moderator may do about a thing, as it stands and as she stands to it: the room's deeds and our own."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import pgettext_lazy

from community.members.rulings import Viewer
from community.moderation.actions import dismiss, lift_silence, silence_author, take_warning_back, warn_author
from community.moderation.models import ReviewItem
from community.moderation.ports import Deed
from community.moderation.queries.items import ShownItem
from community.moderation.queries.sanctions import standing_silences, standing_warnings
from community.moderation.rules import can_sanction


def _unsilence(thing: Any, *, item: ReviewItem, **told: Any) -> Any:
    return lift_silence(item.author, item=item, **told) if item.author else None


DISMISS = Deed("dismiss", pgettext_lazy("what a moderator may decide", "Leave it as it is"), dismiss)
WARN = Deed("warn", pgettext_lazy("what a moderator may decide", "Warn the author"), warn_author)
UNWARN = Deed("unwarn", pgettext_lazy("what a moderator may decide", "Take the warning back"), take_warning_back)
SILENCE = Deed("silence", pgettext_lazy("what a moderator may decide", "Pause the author's writing"), silence_author)
UNSILENCE = Deed("unsilence", pgettext_lazy("what a moderator may decide", "Let the author write again"), _unsilence)


def deeds_for(viewer: Viewer, shown: ShownItem) -> dict[str, Deed]:
    """By name, in the order in which they are offered. Nothing where the thing is gone but to let it be."""
    thing = shown.thing
    if thing is None:
        return {DISMISS.name: DISMISS}
    found = [DISMISS, *(deed for deed in shown.kind.deeds if deed.fits(thing)), *_about_its_author(viewer, shown)]
    return {deed.name: deed for deed in found}


def _about_its_author(viewer: Viewer, shown: ShownItem) -> Iterator[Deed]:
    author = shown.author
    if author is None:
        return
    yield WARN
    if standing_warnings(shown.item).exists():
        yield UNWARN
    if can_sanction(viewer, author):
        if standing_silences(author, shown.item).exists():
            yield UNSILENCE
        else:
            yield SILENCE
