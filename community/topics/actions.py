"""What may be written about themes and tags."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from community.facts.actions import action, record
from community.text.folding import folded
from community.topics.facts import ThemeChanged
from community.topics.models import Tag, TaggedThing, Theme
from community.topics.queries import known_tags


@action
def tags_called(names: Iterable[str]) -> list[Tag]:
    """Tags of these names in their order, each made where nobody used it before, none twice."""
    wanted = {fold: name for name in reversed(list(names)) if (fold := folded(name))}
    standing = known_tags(wanted.values())
    return [standing.get(fold) or _make(name) for fold, name in reversed(wanted.items())]


def _make(name: str) -> Tag:
    tag: Tag
    try:
        with transaction.atomic():
            tag = Tag.objects.create(name=name)
    except IntegrityError:  # another action made it meanwhile
        tag = Tag.objects.get(folded=folded(name))
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
    Tag.objects.filter(pk__in=tag_ids, things=None).delete()
