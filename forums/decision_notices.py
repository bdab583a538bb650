"""Who made an offer, wrote an outcome or an earlier version, or opened a thread is told what moderators decided about
it, and why.

Of posts and requests the notices of posts tell.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from community.facts.listeners import listens
from community.facts.models import Fact
from community.members.models import Member
from community.moderation.facts import Decided
from community.moderation.models import Decision
from community.notifications.actions import notify
from community.notifications.ports import NoticeKind, Shown, tells
from forums.models import Offer, Outcome, Revision, Thread
from forums.rules import seeable_threads
from i18n.languages import DEFAULT
from i18n.texts import said

ROWS: dict[str, Callable[[Member], QuerySet[Any]]] = {
    "offer": lambda viewer: Offer.objects.all(),
    "outcome": lambda viewer: Outcome.objects.all(),
    "revision": lambda viewer: Revision.objects.select_related("post__thread"),
    "thread": lambda viewer: seeable_threads(viewer).filter(author=viewer).select_related("forum"),
}
TITLES: dict[str, Callable[[Any], str]] = {
    "offer": lambda offer: offer.title,
    "outcome": lambda outcome: said(outcome, "title", get_language() or DEFAULT).text,
    "revision": lambda revision: revision.post.thread.title,
    "thread": lambda thread: thread.title,
}
ADDRESSES: dict[str, Callable[[Any], str]] = {  # of others, what was decided about oneself
    "thread": lambda thread: reverse("forums:thread", args=[thread.pk, thread.slug])
}
TOLD: dict[tuple[str, str], Callable[[], str]] = {
    ("offer", "hide"): lambda: pgettext("notice", "Moderators hid your offer “%(title)s”. Their reason: %(reason)s"),
    ("offer", "restore"): lambda: pgettext("notice", "Moderators show your offer “%(title)s” again."),
    ("outcome", "hide"): lambda: pgettext(
        "notice", "Moderators took the outcome “%(title)s” away. Their reason: %(reason)s"
    ),
    ("outcome", "restore"): lambda: pgettext("notice", "Moderators made the outcome “%(title)s” public again."),
    ("revision", "hide-version"): lambda: pgettext(
        "notice", "Moderators hid an earlier version of your post in “%(title)s”. Their reason: %(reason)s"
    ),
    ("revision", "restore-version"): lambda: pgettext(
        "notice", "Moderators show an earlier version of your post in “%(title)s” again."
    ),
    ("thread", "lock"): lambda: pgettext(
        "notice", "Moderators closed your thread “%(title)s” to replies. Their reason: %(reason)s"
    ),
    ("thread", "unlock"): lambda: pgettext("notice", "Your thread “%(title)s” takes replies again."),
    ("thread", "move"): lambda: pgettext(
        "notice", "Your thread “%(title)s” stands in another forum now: %(forum)s. The reason: %(reason)s"
    ),
    ("thread", "pin"): lambda: pgettext("notice", "Your thread “%(title)s” stands first in %(forum)s now."),
}


def decided_about(viewer: Member, decision_ids: Iterable[int]) -> dict[int, Shown]:
    """One query, and one a kind of thing."""
    found = list(Decision.objects.filter(pk__in=decision_ids).select_related("target_type"))
    things = {
        (kind, thing.pk): thing
        for kind, rows in ROWS.items()
        if (wanted := [each.target_id for each in found if each.target_type.model == kind])
        for thing in rows(viewer).filter(pk__in=wanted)
    }
    shown = {}
    for each in found:
        kind, _ = key = _key(each)
        thing = things.get((kind, each.target_id))
        if thing is not None and key in TOLD and (kind == "thread" or each.concerns_id == viewer.pk):
            words = TOLD[key]() % {"title": TITLES[kind](thing), "reason": each.reason, "forum": _forum_of(thing)}
            url = ADDRESSES[kind](thing) if kind in ADDRESSES else reverse("moderation:standing")
            shown[each.pk] = Shown(text=words, url=url)
    return shown


def _forum_of(thing: Any) -> str:
    return said(thing.forum, "title", get_language() or DEFAULT).text if isinstance(thing, Thread) else ""


def _key(decision: Decision) -> tuple[str, str]:
    return decision.target_type.model, decision.deed


DECIDED = tells(NoticeKind("decided", decided_about))


@listens(Decided)
def tell_whom_it_concerns(fact: Fact) -> None:
    decision = Decision.objects.select_related("target_type").get(pk=fact.ids["decision_id"])
    if _key(decision) in TOLD and (member_id := _told(decision)):
        notify(member_id, DECIDED, target_id=decision.pk, fact_id=fact.pk, actor_id=fact.actor_id)


def _told(decision: Decision) -> int | None:
    """Id of whom it concerns; a thread's deeds are decided about nobody, and told to who opened it."""
    if decision.target_type.model != "thread":
        return decision.concerns_id
    return Thread.objects.filter(pk=decision.target_id).values_list("author_id", flat=True).first()
