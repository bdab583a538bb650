"""Who made an offer, wrote an outcome or an earlier version is told what moderators decided about it, and why.

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
from forums.models import Offer, Outcome, Revision
from i18n.languages import DEFAULT
from i18n.texts import said

ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    "offer": Offer.objects.all,
    "outcome": Outcome.objects.all,
    "revision": lambda: Revision.objects.select_related("post__thread"),
}
TITLES: dict[str, Callable[[Any], str]] = {
    "offer": lambda offer: offer.title,
    "outcome": lambda outcome: said(outcome, "title", get_language() or DEFAULT).text,
    "revision": lambda revision: revision.post.thread.title,
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
}


def decided_about(viewer: Member, decision_ids: Iterable[int]) -> dict[int, Shown]:
    """One query, and one a kind of thing."""
    found = list(Decision.objects.filter(pk__in=decision_ids, concerns=viewer).select_related("target_type"))
    things = {
        (kind, thing.pk): thing
        for kind, rows in ROWS.items()
        if (wanted := [each.target_id for each in found if each.target_type.model == kind])
        for thing in rows().filter(pk__in=wanted)
    }
    shown = {}
    for each in found:
        thing, told = things.get((each.target_type.model, each.target_id)), TOLD.get(_key(each))
        if thing is not None and told is not None:
            words = told() % {"title": TITLES[each.target_type.model](thing), "reason": each.reason}
            shown[each.pk] = Shown(text=words, url=reverse("moderation:standing"))
    return shown


def _key(decision: Decision) -> tuple[str, str]:
    return decision.target_type.model, decision.deed


DECIDED = tells(NoticeKind("decided", decided_about))


@listens(Decided)
def tell_whom_it_concerns(fact: Fact) -> None:
    decision = Decision.objects.select_related("target_type").get(pk=fact.ids["decision_id"])
    if decision.concerns_id and _key(decision) in TOLD:
        notify(decision.concerns_id, DECIDED, target_id=decision.pk, fact_id=fact.pk, actor_id=fact.actor_id)
