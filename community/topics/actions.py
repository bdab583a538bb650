"""What may be written about themes and tags."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from community.facts.actions import action, record
from community.text.folding import folded
from community.topics.facts import TagChanged, TagsJoined, TagsParted, ThemeChanged
from community.topics.models import Tag, TaggedThing, Theme, meant
from community.topics.queries import known_tags


class SameTag(Exception):
    """The word means this tag already."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(tag.name)
        self.tag = tag


@action
def tags_called(names: Iterable[str]) -> list[Tag]:
    """Tags of these names in their order, each made where nobody used it before, none twice.

    The name of a synonym gives the tag that it means.
    """
    wanted = {fold: name for name in reversed(list(names)) if (fold := folded(name))}
    standing = known_tags(wanted.values())
    return meant(standing.get(fold) or _make(name) for fold, name in reversed(wanted.items()))


def _make(name: str) -> Tag:
    tag: Tag
    try:
        with transaction.atomic():
            tag = Tag.objects.create(name=name)
    except IntegrityError:  # another action made it meanwhile
        tag = Tag.objects.get(folded=folded(name)).meant
    return tag


@action
def keep_theme(theme: Theme, *, by_id: int | None = None) -> Theme:
    """Save a theme as an editor left it. Records ThemeChanged on `site`."""
    theme.save()
    record(ThemeChanged(theme.pk), streams=["site"], actor_id=by_id)
    return theme


def tags_on(kind: tuple[str, str], thing_id: int) -> "QuerySet[TaggedThing]":
    """Params: kind, app and model, for rooms above this one."""
    content_type = ContentType.objects.get_by_natural_key(*kind)
    things: QuerySet[TaggedThing] = TaggedThing.objects.filter(content_type=content_type, object_id=thing_id)
    return things


@action
def forget_tags_of(kind: tuple[str, str], thing_id: int) -> None:
    """Take away the tags of a thing, and those of them that stand on nothing else."""
    things = tags_on(kind, thing_id)
    tag_ids = list(things.values_list("tag_id", flat=True))
    things.delete()
    Tag.objects.filter(pk__in=tag_ids, things=None, synonym_of=None, synonyms=None).delete()


@action
def describe_tag(tag: Tag, *, original_language: str, by_id: int | None = None, **descriptions: str) -> Tag:
    """Params: descriptions, by column, `description_pt`. Records TagChanged on `site`."""
    for column, text in descriptions.items():
        setattr(tag, column, text)
    tag.original_language = original_language
    tag.save(update_fields=[*descriptions, "original_language"])
    record(TagChanged(tag.pk), streams=["site"], actor_id=by_id)
    return tag


@action
def join_tags(tag: Tag, name: str, *, by_id: int | None = None) -> Tag:
    """Let a word mean this tag. Where it is a tag already, its own synonyms come along.

    Params: tag, which means itself. Returns: the synonym. Raises: SameTag. Records TagsJoined on `site`.
    """
    synonym = Tag.objects.filter(folded=folded(name)).first() or _make(name)
    tag, synonym = _held(tag, synonym)
    if synonym.pk == tag.pk or synonym.synonym_of_id == tag.pk or tag.synonym_of_id is not None:
        raise SameTag(synonym)
    Tag.objects.filter(synonym_of=synonym).update(synonym_of=tag)
    Tag.objects.filter(pk=synonym.pk).update(synonym_of=tag)
    synonym.synonym_of = tag
    record(TagsJoined(tag.pk, synonym.pk), streams=["site"], actor_id=by_id)
    return synonym


@action
def part_tags(synonym: Tag, *, by_id: int | None = None) -> Tag:
    """A tag of its own again, on all that was tagged with it. Records TagsParted on `site`."""
    [synonym] = _held(synonym)
    if synonym.synonym_of_id is not None:
        record(TagsParted(synonym.synonym_of_id, synonym.pk), streams=["site"], actor_id=by_id)
        Tag.objects.filter(pk=synonym.pk).update(synonym_of=None)
        synonym.synonym_of = None
    return synonym


def _held(*tags: Tag) -> list[Tag]:
    """As they are now, in the order asked for; locked in order of id."""
    rows = Tag.objects.select_for_update(no_key=True).filter(pk__in=[tag.pk for tag in tags]).order_by("pk")
    held: dict[int, Tag] = {tag.pk: tag for tag in rows}
    return [held[tag.pk] for tag in tags]
