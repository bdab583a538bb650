"""How closely members follow threads: `community.following.precedence`, asked of the database for many at once.

A test holds what is annotated here to what `level_that_holds` says.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from community.following.choices import Level
from community.following.models import Follow
from community.following.precedence import RANKS, level_that_holds
from community.following.queries import Standing
from community.members.composed import Composed
from community.members.models import Member
from community.members.rulings import Viewer
from community.topics.models import TaggedThing
from forums.models import Thread
from forums.rules import is_member


def with_levels(threads: QuerySet[Thread], member: Member) -> QuerySet[Thread]:
    """Annotates `level`, for filters: how closely the member follows each thread."""
    around = Follow.objects.filter(_belongs(), member_id=member.pk)
    muted = around.filter(level=Level.MUTED).values("pk")[:1]
    return threads.alias(
        own_level=_level(Follow.objects.filter(member_id=member.pk, kind="thread", target_id=OuterRef("pk"))),
        muted_around=Subquery(muted),
        level=Case(
            When(own_level__isnull=False, then=F("own_level")),
            When(muted_around__isnull=False, then=Value(int(Level.MUTED))),
            default=Coalesce(*(_level(around.filter(kind__in=rank)) for rank in RANKS), Value(int(Level.NORMAL))),
            output_field=IntegerField(),
        ),
    )


def not_muted(threads: QuerySet[Thread], member: Member) -> QuerySet[Thread]:
    return with_levels(threads, member).filter(Q(level__gt=Level.MUTED))


def followed(threads: QuerySet[Thread], member: Member) -> QuerySet[Thread]:
    """Tracked or watched."""
    return with_levels(threads, member).filter(Q(level__gte=Level.TRACKING))


def standing_to_thread(viewer: Viewer, thread: Thread) -> Standing | None:
    """One query; None for guests."""
    if not is_member(viewer):
        return None
    found: dict[str, list[int]] = defaultdict(list)
    ids = (thread.pk, thread.forum_id, thread.author_id or 0, thread.about_id or 0)
    for kind, level in CHOSEN.ask(viewer, *ids, about=_about(thread)):
        found[kind].append(level)
    own = found.get("thread")
    return Standing("thread", thread.pk, Level(own[0]) if own else None, level_that_holds(found))


def watchers_of(thread: Thread) -> set[int]:
    """Ids of those who watch it now. Whether each may see it is asked when she is told."""
    chosen = _chosen_for(thread)
    return {member_id for member_id, found in chosen.items() if level_that_holds(found) == Level.WATCHING}


def level_in(member_id: int, thread: Thread) -> Level:
    return level_that_holds(_chosen_for(thread, member_ids=[member_id]).get(member_id, {}))


def has_muted(thread: Thread, member_ids: Iterable[int]) -> set[int]:
    """Which of these members have it muted."""
    chosen = _chosen_for(thread, member_ids=member_ids)
    return {member_id for member_id, found in chosen.items() if level_that_holds(found) == Level.MUTED}


def what_is_watched(member: Member, threads: Iterable[Thread]) -> dict[int, tuple[str, int]]:
    """Why she hears of each of these threads: by its id, kind and id of the nearest thing that she watches.

    Two queries, however many threads there are. Params: threads, with `author` fetched along.
    """
    threads = list(threads)
    watched = Follow.objects.filter(member=member, level=Level.WATCHING).values_list("kind", "target_id")
    chosen = set(watched)
    tags: dict[int, list[int]] = defaultdict(list)
    for thread_id, tag_id in _tagging(thread.pk for thread in threads):
        tags[thread_id].append(tag_id)
    found = {}
    for thread in threads:
        near_to_far = [("thread", thread.pk), ("forum", thread.forum_id), *(("tag", pk) for pk in tags[thread.pk])]
        if thread.author and thread.author.city_id:
            near_to_far.append(("city", thread.author.city_id))
        cause = next((thing for thing in near_to_far if thing in chosen), None)
        if cause:
            found[thread.pk] = cause
    return found


def _chosen_for(thread: Thread, member_ids: Iterable[int] | None = None) -> dict[int, dict[str, list[int]]]:
    """By member, by kind: the levels of all that the thread belongs to. One query."""
    ids = (thread.pk, thread.forum_id, thread.author_id or 0, thread.about_id or 0)
    here = _belongs_to(*ids, about=_about(thread))
    follows = Follow.objects.filter(here) if member_ids is None else Follow.objects.filter(here, member__in=member_ids)
    chosen: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for member_id, kind, level in follows.values_list("member_id", "kind", "level"):
        chosen[member_id][kind].append(level)
    return chosen


def _belongs_to(thread_id: int, forum_id: int, author_id: int, about_id: int, *, about: str) -> Q:
    """Params: about, the kind of what the thread is about, "" for nothing."""
    tags = TaggedThing.objects.filter(content_type=ContentType.objects.get_for_model(Thread), object_id=thread_id)
    city = Member.objects.filter(pk=author_id).values("city_id")
    here = Q(kind="thread", target_id=thread_id) | Q(kind="forum", target_id=forum_id)
    here |= Q(kind="tag", target_id__in=tags.values("tag_id")) | Q(kind="city", target_id__in=city)
    return here | Q(kind=about, target_id=about_id) if about else here


def _about(thread: Thread) -> str:
    if not (thread.about_type_id and thread.about_id):
        return ""
    return ContentType.objects.get_for_id(thread.about_type_id).model


def _chosen_by(member: Member, *ids: int, about: str) -> QuerySet[Follow, Any]:
    return Follow.objects.filter(_belongs_to(*ids, about=about), member_id=member.pk).values_list("kind", "level")


CHOSEN = Composed(_chosen_by)


def _belongs() -> Q:
    """The same but for the thread itself, for each row of the threads that are asked around it."""
    kind = ContentType.objects.get_for_model(Thread)
    tags = TaggedThing.objects.filter(content_type=kind, object_id=OuterRef(OuterRef("pk"))).values("tag_id")
    city = Member.objects.filter(pk=OuterRef(OuterRef("author_id"))).values("city_id")
    about = ContentType.objects.filter(pk=OuterRef(OuterRef("about_type_id"))).values("model")
    return (
        Q(kind="forum", target_id=OuterRef("forum_id"))
        | Q(kind="tag", target_id__in=tags)
        | Q(kind="city", target_id__in=city)
        | Q(kind__in=about, target_id=OuterRef("about_id"))
    )


def _level(follows: QuerySet[Follow]) -> Subquery:
    """The closest of them."""
    closest = follows.order_by().values("member_id").annotate(most=Max("level")).values("most")
    return Subquery(closest, output_field=IntegerField())


def _tagging(thread_ids: Iterable[int]) -> list[tuple[int, int]]:
    kind = ContentType.objects.get_for_model(Thread)
    rows = TaggedThing.objects.filter(content_type=kind, object_id__in=list(thread_ids))
    return list(rows.order_by("pk").values_list("object_id", "tag_id"))
