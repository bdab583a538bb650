"""Tags, only as far as threads that one may see bear them."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from community.members.rulings import Viewer
from community.text.folding import folded
from community.topics.models import Tag, TaggedThing
from forums.models import Thread
from forums.rules import seeable_threads

GUEST = AnonymousUser()


def tags_like(begun: str, limit: int, *, viewer: Viewer = GUEST) -> list[str]:
    """Names of tags that begin so, whatever their case and accents; the shortest first."""
    tags = _borne_tags(viewer).filter(folded__startswith=folded(begun))
    return list(tags.order_by("folded").values_list("name", flat=True)[:limit])


def tag_for(slug: str, *, viewer: Viewer = GUEST) -> Tag:
    """Raises: Http404 where no thread that the viewer may see bears it."""
    tag: Tag | None = _borne_tags(viewer).filter(slug=slug).first()
    if tag is None:
        raise Http404
    return tag


def _borne_tags(viewer: Viewer) -> QuerySet[Tag]:
    here = TaggedThing.objects.filter(
        Exists(seeable_threads(viewer).filter(pk=OuterRef("object_id"))),
        tag=OuterRef("pk"),
        content_type=ContentType.objects.get_for_model(Thread),
    )
    borne: QuerySet[Tag] = Tag.objects.filter(Exists(here))
    return borne
