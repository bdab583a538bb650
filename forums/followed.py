"""What of the forums can be followed: threads, forums, tags, requests of cities."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from community.following.choices import Level
from community.following.ports import Card, Followable, can_be_followed
from community.members.models import Member
from forums.queries.tags import borne_tags
from forums.rules import seeable_forums, seeable_threads
from forums.rules.exchanges import seeable_exchanges
from i18n.languages import DEFAULT
from i18n.texts import said


def _threads(viewer: Member, thread_ids: Iterable[int]) -> dict[int, Card]:
    return {
        thread.pk: Card(thread.title, reverse("forums:thread", args=[thread.pk, thread.slug]), thread.language)
        for thread in seeable_threads(viewer).filter(pk__in=thread_ids)
    }


def _forums(viewer: Member, forum_ids: Iterable[int]) -> dict[int, Card]:
    language = get_language() or DEFAULT
    return {
        forum.pk: Card(said(forum, "title", language).text, reverse("forums:forum", args=[forum.slug]))
        for forum in seeable_forums(viewer).filter(pk__in=forum_ids)
    }


def _tags(viewer: Member, tag_ids: Iterable[int]) -> dict[int, Card]:
    """Only such as a thread bears that she may see."""
    return {
        tag.pk: Card(tag.name, reverse("forums:tag", args=[tag.slug]))
        for tag in borne_tags(viewer).filter(pk__in=tag_ids)
    }


def _exchanges(viewer: Member, exchange_ids: Iterable[int]) -> dict[int, Card]:
    """The card alone. Of the conversation, which is a thread, it tells nothing."""
    return {
        each.pk: Card(each.title, reverse("forums:exchange", args=[each.pk, each.slug]), each.language)
        for each in seeable_exchanges(viewer).filter(pk__in=exchange_ids)
    }


THREAD = can_be_followed(Followable("thread", pgettext_lazy("kind of what can be followed", "Thread"), _threads))
FORUM = can_be_followed(Followable("forum", pgettext_lazy("kind of what can be followed", "Forum"), _forums))
TAG = can_be_followed(Followable("tag", pgettext_lazy("kind of what can be followed", "Tag"), _tags))
EXCHANGE = can_be_followed(
    Followable(
        "exchange",
        pgettext_lazy("kind of what can be followed", "Request of a city"),
        _exchanges,
        meanings={
            Level.NORMAL: pgettext_lazy("what a level of following a request means", "No notices of it."),
            Level.WATCHING: pgettext_lazy(
                "what a level of following a request means",
                "A notice when it takes responses again, and when what came of it is published.",
            ),
        },
        stands_alone=True,
    )
)
