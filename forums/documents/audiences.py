"""Which readers may find what stands in a forum: forum by forum, so that who enters or leaves a circle finds more or
less at once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from community.members.rules import is_moderator
from community.members.rulings import Viewer
from community.topics.models import TaggedThing
from forums.choices import Audience
from forums.models import Exchange, Thread
from forums.rules import seeable_forums
from forums.rules.seeing import TAKING_PART, is_member, moderating_rows

EVERYBODY = "p"


def audiences(viewer: Viewer) -> Iterator[str]:
    """One query, two for a member whose work for a city is confirmed."""
    yield EVERYBODY
    forums = seeable_forums(viewer).annotate(is_led=_is_led(viewer), is_in_circle=_is_in_circle(viewer))
    for pk, is_led, is_in_circle in forums.values_list("pk", "is_led", "is_in_circle"):
        yield for_forum(pk, Audience.GUESTS)
        if is_member(viewer):
            yield for_forum(pk, Audience.MEMBERS)
        if is_led or is_in_circle:
            yield for_forum(pk, Audience.GROUP)
        if is_led:
            yield for_forum(pk, Audience.PARTIES)
    if is_member(viewer) and viewer.speaks_for_id:
        here = Exchange.objects.filter(parties__city_id=viewer.speaks_for_id, parties__role__in=TAKING_PART)
        yield from (for_parties(thread_id) for thread_id in here.values_list("thread_id", flat=True))


def _is_led(viewer: Viewer) -> Exists | Value:
    return Value(True) if is_moderator(viewer) else Exists(moderating_rows(viewer).filter(forum_id=OuterRef("pk")))


def _is_in_circle(viewer: Viewer) -> Exists | Value:
    return Exists(viewer.circles.filter(pk=OuterRef("circle_id"))) if is_member(viewer) else Value(False)


def for_forum(forum_id: int, audience: str) -> str:
    return f"f{forum_id}-{audience}"


def for_parties(thread_id: int) -> str:
    return f"t{thread_id}"


def audiences_of(thread: Thread) -> frozenset[str]:
    audience = thread.audience or thread.forum.audience
    by_forum = for_forum(thread.forum_id, audience)
    return frozenset({by_forum, for_parties(thread.pk)} if audience == Audience.PARTIES else {by_forum})


def tag_ids(model: type[Thread] | type[Exchange], ids: set[int]) -> dict[int, tuple[int, ...]]:
    """Of each, its tags: a synonym as the tag it means."""
    kind = ContentType.objects.get_for_model(model)
    found: dict[int, set[int]] = defaultdict(set)
    rows = TaggedThing.objects.filter(content_type=kind, object_id__in=ids).values_list(
        "object_id", "tag_id", "tag__synonym_of"
    )
    for pk, tag_id, meant in rows:
        found[pk].add(meant or tag_id)
    return {pk: tuple(sorted(tags)) for pk, tags in found.items()}


def tagged(model: type[Thread] | type[Exchange], tags: Sequence[int]) -> "QuerySet[Any, Any]":
    """Ids of those that have one of these tags, or a word that means one."""
    meant = Q(tag__in=tags) | Q(tag__synonym_of__in=tags)
    things: QuerySet[Any, Any] = TaggedThing.objects.filter(meant)
    return things.filter(content_type=ContentType.objects.get_for_model(model)).values("object_id")


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())
