"""Themes and tags, read."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from community.text.folding import folded
from community.topics.models import Tag, Theme

SUGGESTIONS = 8


def all_themes() -> QuerySet[Theme]:
    return Theme.objects.order_by("position", "pk")


def suggested_tags(beginning: str) -> list[Tag]:
    """Tags that begin so, whatever case or accents were typed; the most used first."""
    if not (start := folded(beginning)):
        return []
    fitting = Tag.objects.filter(folded__startswith=start)
    return list(fitting.annotate(uses=Count("things")).order_by("-uses", "folded")[:SUGGESTIONS])


def known_tags(names: Iterable[str]) -> dict[str, Tag]:
    """By folded name, those of `names` that stand already."""
    return {tag.folded: tag for tag in Tag.objects.filter(folded__in={folded(name) for name in names})}
