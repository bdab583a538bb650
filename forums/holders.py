"""Files of posts and of outcomes: seen where the thing is, by its rules; files named in a draft are wanted still.

What would be public with another text of an outcome is, like that text, for its cities alone.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language

from community.files.choosing import ids_in
from community.files.ports import Holder, Place, holds, wants
from community.members.models import Member
from community.members.rulings import Viewer
from forums.actions.exchanges.outcomes import step_outcome_with_files
from forums.actions.filing import step_with_files
from forums.choices import OUTCOMES, POSTS, PROPOSALS
from forums.models import Draft
from forums.rules import seeable_posts
from forums.rules.exchanges import outcomes_seen_latest, seeable_outcomes
from i18n.languages import DEFAULT
from i18n.texts import said


def _seen(viewer: Viewer, post_ids: Iterable[int]) -> set[int]:
    return set(seeable_posts(viewer).filter(pk__in=post_ids).values_list("pk", flat=True))


def _shown(member: Member, post_ids: Iterable[int]) -> dict[int, Place]:
    posts = seeable_posts(member).filter(pk__in=post_ids).select_related("thread")
    return {post.pk: Place(title=post.thread.title, address=reverse("forums:post", args=[post.pk])) for post in posts}


def _public(viewer: Viewer, outcome_ids: Iterable[int]) -> set[int]:
    return set(seeable_outcomes(viewer).filter(pk__in=outcome_ids).values_list("pk", flat=True))


def _proposed(viewer: Viewer, outcome_ids: Iterable[int]) -> set[int]:
    return set(outcomes_seen_latest(viewer).filter(pk__in=outcome_ids).values_list("pk", flat=True))


def _shown_outcomes(member: Member, outcome_ids: Iterable[int]) -> dict[int, Place]:
    outcomes = seeable_outcomes(member).filter(pk__in=outcome_ids).select_related("exchange")
    return {
        outcome.pk: Place(
            title=said(outcome, "title", get_language() or DEFAULT).text,
            address=reverse("forums:outcome", args=[outcome.exchange_id, outcome.exchange.outcome_slug]),
        )
        for outcome in outcomes
    }


@wants
def files_in_drafts(member_id: int) -> set[int]:
    texts = Draft.objects.filter(member=member_id).values_list("fields", "other")
    return {pk for both in texts for each in both if each for pk in ids_in(str(each.get("files", "")))}


holds(Holder(POSTS, _seen, _shown, step_with_files))
holds(Holder(OUTCOMES, _public, _shown_outcomes, step_outcome_with_files))
holds(Holder(PROPOSALS, _proposed, _shown_outcomes, step_outcome_with_files))
