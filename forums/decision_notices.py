"""Who made an offer, wrote an outcome or an earlier version is told what moderators decided about it, and why.

Of posts and requests the notices of posts tell.
"""

from collections.abc import Callable, Iterable
from typing import Any

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

Texts = tuple[type[Any], Callable[[Any], str], Callable[[], str]]
TOLD: dict[tuple[str, str], Texts] = {
    ("offer", "hide"): (
        Offer,
        lambda offer: offer.title,
        lambda: pgettext("notice", "Moderators hid your offer “%(title)s”. Their reason: %(reason)s"),
    ),
    ("offer", "restore"): (
        Offer,
        lambda offer: offer.title,
        lambda: pgettext("notice", "Moderators show your offer “%(title)s” again."),
    ),
    ("outcome", "hide"): (
        Outcome,
        lambda outcome: said(outcome, "title", get_language() or DEFAULT).text,
        lambda: pgettext("notice", "Moderators took the outcome “%(title)s” away. Their reason: %(reason)s"),
    ),
    ("outcome", "restore"): (
        Outcome,
        lambda outcome: said(outcome, "title", get_language() or DEFAULT).text,
        lambda: pgettext("notice", "Moderators made the outcome “%(title)s” public again."),
    ),
    ("revision", "hide-version"): (
        Revision,
        lambda revision: revision.post.thread.title,
        lambda: pgettext(
            "notice", "Moderators hid an earlier version of your post in “%(title)s”. Their reason: %(reason)s"
        ),
    ),
}


def decided_about(viewer: Member, decision_ids: Iterable[int]) -> dict[int, Shown]:
    found = Decision.objects.filter(pk__in=decision_ids, concerns=viewer).select_related("target_type")
    return {each.pk: shown for each in found if (shown := _shown(each))}


def _shown(decision: Decision) -> Shown | None:
    told = TOLD.get((decision.target_type.model, decision.deed))
    thing = told and told[0]._default_manager.filter(pk=decision.target_id).first()
    if told is None or thing is None:
        return None
    _, title, words = told
    return Shown(text=words() % {"title": title(thing), "reason": decision.reason}, url=reverse("moderation:standing"))


DECIDED = tells(NoticeKind("decided", decided_about))


@listens(Decided)
def tell_whom_it_concerns(fact: Fact) -> None:
    decision = Decision.objects.select_related("target_type").get(pk=fact.ids["decision_id"])
    if decision.concerns_id and (decision.target_type.model, decision.deed) in TOLD:
        notify(decision.concerns_id, DECIDED, target_id=decision.pk, fact_id=fact.pk, actor_id=fact.actor_id)
