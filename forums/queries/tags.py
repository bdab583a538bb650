"""Tags, only as far as threads that one may see bear them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404

from community.members.rulings import Viewer
from community.text.folding import folded
from community.topics.models import Tag, TaggedThing
from forums.models import Thread
from forums.rules import seeable_threads

GUEST = AnonymousUser()


def tags_like(begun: str, limit: int, *, viewer: Viewer = GUEST) -> list[str]:
    """Names of tags that begin so, whatever their case and accents; the shortest first."""
    tags = borne_tags(viewer).filter(folded__startswith=folded(begun))
    return list(tags.order_by("folded").values_list("name", flat=True)[:limit])


def tag_for(slug: str, *, viewer: Viewer = GUEST) -> Tag:
    """Raises: Http404 where no thread that the viewer may see bears it."""
    tag: Tag | None = borne_tags(viewer).filter(slug=slug).first()
    if tag is None:
        raise Http404
    return tag


def say_tags(things: Iterable[Any], model: type[Model] = Thread) -> None:
    """Fills `shown_tags`. One query. (A prefetch of taggit's makes a query for each thing, and asks one of them.)"""
    by_id = {thing.pk: thing for thing in things}
    for thing in by_id.values():
        thing.shown_tags = []
    kind = ContentType.objects.get_for_model(model)
    borne = TaggedThing.objects.filter(content_type=kind, object_id__in=by_id).select_related("tag")
    for each in borne.order_by("pk") if by_id else ():
        by_id[each.object_id].shown_tags.append(each.tag)


def borne_tags(viewer: Viewer) -> QuerySet[Tag]:
    """Such as a thread bears that the viewer may see."""
    here = TaggedThing.objects.filter(
        Exists(seeable_threads(viewer).filter(pk=OuterRef("object_id"))),
        tag=OuterRef("pk"),
        content_type=ContentType.objects.get_for_model(Thread),
    )
    borne: QuerySet[Tag] = Tag.objects.filter(Exists(here))
    return borne
