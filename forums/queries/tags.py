"""Tags, only as far as threads that one may see bear them."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from community.members.rulings import Viewer, insist
from community.moderation.models import Decision
from community.text.folding import folded
from community.topics.models import Tag, TaggedThing, meant
from forums.models import Thread
from forums.rules import can_curate_tags, seeable_threads

DECISIONS_SHOWN = 10
MOST_WORDS = 200  # looked at for what begins so
GUEST = AnonymousUser()


def tags_like(begun: str, limit: int, *, viewer: Viewer = GUEST) -> list[str]:
    """Names of tags that begin so, or of which a synonym does, whatever their case and accents."""
    return list(tags_and_words(begun, limit, viewer=viewer))


def tags_and_words(begun: str, limit: int, *, viewer: Viewer = GUEST) -> dict[str, str]:
    """As `tags_like`, each with the word of it that begins so, of the first 200 that do. Two queries, or one."""
    words = Tag.objects.filter(folded__startswith=folded(begun)).select_related("synonym_of").order_by("folded")
    begin_so = sorted(words[:MOST_WORDS], key=lambda word: word.synonym_of_id is not None)
    borne = _borne_among({word.meant.pk for word in begin_so}, viewer)
    found = dict[str, str]()
    for word in begin_so:
        if word.meant.pk in borne:
            found.setdefault(word.meant.name, word.name)
    return dict(list(found.items())[:limit])


def _borne_among(tag_ids: Collection[int], viewer: Viewer) -> set[int]:
    """Of tags that mean themselves, those that `borne_tags` has: asked of a few by name, it is a fifth of the work."""
    if not tag_ids:
        return set()
    words = Tag.objects.filter(Q(pk__in=tag_ids) | Q(synonym_of__in=tag_ids)).filter(Exists(_things_seen(viewer)))
    return {meant_id or pk for pk, meant_id in words.values_list("pk", "synonym_of_id")}


def tag_for(slug: str, *, viewer: Viewer = GUEST) -> Tag:
    """The tag that this word means, also as one types it, without its accents or with a hyphen for a space.

    Raises: Http404 where no thread that the viewer may see bears it.
    """
    typed = {folded(slug), folded(slug.replace("-", " "))}
    for words in (Tag.objects.filter(slug=slug), Tag.objects.filter(folded__in=typed)):
        meant = words.annotate(meant_id=Coalesce("synonym_of_id", "pk")).values("meant_id")
        tag: Tag | None = borne_tags(viewer).filter(pk__in=meant).first()
        if tag is not None:
            return tag
    raise Http404


def tag_to_curate(viewer: Viewer, slug: str) -> Tag:
    """Any tag that means itself, for those who may say what tags mean. Raises: Http404; NotAllowed."""
    if not can_curate_tags(viewer):
        tag_for(slug, viewer=viewer)
        insist(can_curate_tags(viewer))
    found: Tag | None = Tag.objects.select_related("synonym_of").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def decisions_on_tag(tag: Tag, synonyms: Iterable[Tag]) -> list[tuple[Decision, Tag]]:
    """What was decided on a tag and its synonyms, the latest first, each with the word that it is about."""
    about = {each.pk: each for each in (tag, *synonyms)}
    kind = ContentType.objects.get_for_model(Tag)
    decided = Decision.objects.filter(target_type=kind, target_id__in=about).select_related("by").order_by("-pk")
    return [(decision, about[decision.target_id]) for decision in decided[:DECISIONS_SHOWN]]


def borne_by(tag_ids: Collection[int]) -> Any:
    """A subquery of ids of threads."""
    kind = ContentType.objects.get_for_model(Thread)
    borne: QuerySet[TaggedThing] = TaggedThing.objects.filter(tag__in=tag_ids, content_type=kind)
    return borne.values("object_id")


def say_tags(things: Iterable[Any], model: type[Model] = Thread) -> None:
    """Fills `shown_tags`. One query. (A prefetch of taggit's makes a query for each thing, and asks one of them.)"""
    by_id: dict[int, list[Tag]] = {thing.pk: [] for thing in things}
    kind = ContentType.objects.get_for_model(model)
    borne = TaggedThing.objects.filter(content_type=kind, object_id__in=by_id).select_related("tag__synonym_of")
    for each in borne.order_by("pk") if by_id else ():
        by_id[each.object_id].append(each.tag)
    for thing in things:
        thing.shown_tags = meant(by_id[thing.pk])


def borne_tags(viewer: Viewer) -> QuerySet[Tag]:
    """Tags that mean themselves, or whose synonym it is, on a thread that the viewer may see."""
    here = _things_seen(viewer)
    borne: QuerySet[Tag] = Tag.objects.filter(
        Exists(here) | Exists(Tag.objects.filter(Exists(here), synonym_of=OuterRef("pk")))
    )
    return borne


def _things_seen(viewer: Viewer) -> QuerySet[TaggedThing]:
    """Of the tag outside."""
    things: QuerySet[TaggedThing] = TaggedThing.objects.filter(
        Exists(seeable_threads(viewer).filter(pk=OuterRef("object_id"))),
        tag=OuterRef("pk"),
        content_type=ContentType.objects.get_for_model(Thread),
    )
    return things
