"""Themes and tags, read."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from community.text.folding import folded
from community.topics.models import Tag, Theme

SUGGESTIONS = 8


def all_themes() -> QuerySet[Theme]:
    return Theme.objects.order_by("position", "pk")


def suggested_tags(beginning: str) -> list[Tag]:
    """Tags that begin so, or of which a synonym does, whatever case or accents were typed; the most used first."""
    if not (start := folded(beginning)):
        return []
    synonyms = Tag.objects.filter(synonym_of=OuterRef("pk"), folded__startswith=start)
    fitting = Tag.objects.filter(Q(folded__startswith=start) | Exists(synonyms), synonym_of=None)
    return list(fitting.annotate(uses=Count("things")).order_by("-uses", "folded")[:SUGGESTIONS])


def known_tags(names: Iterable[str]) -> dict[str, Tag]:
    """By folded name, those of `names` that stand already: a synonym's name is known as the tag that it means."""
    found = Tag.objects.filter(folded__in={folded(name) for name in names}).select_related("synonym_of")
    return {tag.folded: tag.meant for tag in found}


def words_for(tags: QuerySet[Tag]) -> QuerySet[Tag]:
    """All words that mean what these mean: the tags themselves, what they are synonyms of, and their synonyms."""
    wanted = tags.annotate(wanted=Coalesce("synonym_of_id", "pk")).values("wanted")
    words: QuerySet[Tag] = Tag.objects.filter(Q(pk__in=wanted) | Q(synonym_of__in=wanted))
    return words


def synonyms_of(tag: Tag) -> list[Tag]:
    return list(Tag.objects.filter(synonym_of=tag).order_by("folded"))
