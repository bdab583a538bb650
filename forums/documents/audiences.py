"""Which readers may find what stands in a forum: forum by forum, so that who enters or leaves a circle finds more or
less at once.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from community.members.rules import is_moderator
from community.members.rulings import Viewer
from community.topics.models import TaggedThing
from forums.choices import Audience
from forums.models import Exchange, Forum, Thread
from forums.rules import seeable_forums
from forums.rules.seeing import TAKING_PART, is_member, moderating_rows

EVERYBODY = "p"


def audiences(viewer: Viewer) -> Iterator[str]:
    """Two queries, three for a member."""
    yield EVERYBODY
    circles = set(viewer.circles.values_list("pk", flat=True)) if is_member(viewer) else set[int]()
    led = set(moderated_forums(viewer).values_list("pk", flat=True))
    for forum in seeable_forums(viewer).only("pk", "audience", "circle"):
        yield for_forum(forum.pk, Audience.GUESTS)
        if is_member(viewer):
            yield for_forum(forum.pk, Audience.MEMBERS)
        if forum.circle_id in circles or forum.pk in led:
            yield for_forum(forum.pk, Audience.GROUP)
        if forum.pk in led:
            yield for_forum(forum.pk, Audience.PARTIES)
    if is_member(viewer) and viewer.speaks_for_id:
        here = Exchange.objects.filter(parties__city_id=viewer.speaks_for_id, parties__role__in=TAKING_PART)
        yield from (for_parties(thread_id) for thread_id in here.values_list("thread_id", flat=True))


def moderated_forums(viewer: Viewer) -> QuerySet[Forum]:
    if is_moderator(viewer):
        return Forum.objects.all()
    return Forum.objects.filter(pk__in=moderating_rows(viewer).values("forum_id"))


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


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())
