"""What of the forums can be followed: threads, forums, tags."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from community.following.ports import Card, Followable, can_be_followed
from community.members.models import Member
from forums.queries.tags import borne_tags
from forums.rules import seeable_forums, seeable_threads
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


THREAD = can_be_followed(Followable("thread", pgettext_lazy("kind of what can be followed", "Thread"), _threads))
FORUM = can_be_followed(Followable("forum", pgettext_lazy("kind of what can be followed", "Forum"), _forums))
TAG = can_be_followed(Followable("tag", pgettext_lazy("kind of what can be followed", "Tag"), _tags))
