"""What moderators say about tags. Threads show it in their rows and heads, so their versions step."""

from collections.abc import Collection
from typing import Any

from django.db.models import F

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.topics import actions as topics
from community.topics.models import Tag
from forums.models import Thread
from forums.queries.tags import borne_by
from forums.rules import can_curate_tags


@action
def curate_tag(tag: Tag, *, by: Member, **fields: Any) -> Tag:
    """Params: fields, descriptions by column and `original_language`. Raises: NotAllowed. Records: TagChanged."""
    insist(can_curate_tags(by))
    return topics.describe_tag(tag, by_id=by.pk, **fields)


@action
def join_tag(tag: Tag, *, name: str, by: Member, reason: str) -> Tag:
    """Let a word mean this tag; where it is a tag already, its threads come under this one.

    Returns: the synonym. Raises: NotAllowed; SameTag. Records: TagsJoined and a Decision.
    """
    insist(can_curate_tags(by))
    synonym = topics.join_tags(tag, name, by_id=by.pk)
    decide(synonym, deed="join-tag", by=by, reason=reason)
    _step_threads([synonym.pk, tag.pk])
    return synonym


@action
def part_tag(synonym: Tag, *, by: Member, reason: str) -> Tag:
    """A tag of its own again, on the threads that had it. Raises: NotAllowed. Records: TagsParted and a Decision."""
    insist(can_curate_tags(by))
    if synonym.synonym_of_id is not None:
        meant = synonym.synonym_of_id
        synonym = topics.part_tags(synonym, by_id=by.pk)
        decide(synonym, deed="part-tag", by=by, reason=reason)
        _step_threads([synonym.pk, meant])
    return synonym


def _step_threads(tag_ids: Collection[int]) -> None:
    """Held in order: other actions hold threads too."""
    threads = Thread.objects.filter(pk__in=borne_by(tag_ids)).order_by("pk")
    ids = list(threads.select_for_update(no_key=True).values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        Thread.objects.filter(pk__in=ids[start : start + 500]).update(version=F("version") + 1)
