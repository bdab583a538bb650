"""What things are about: the priority themes, and free tags."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from taggit.models import GenericTaggedItemBase, TagBase

from community.text.folding import folded

# Asked for the head of a thread at every post: Django composes the same ten times as long.
MEANT_ON = """SELECT meant.* FROM topics_taggedthing AS thing
    JOIN django_content_type AS kind ON kind.id = thing.content_type_id
    JOIN topics_tag AS tag ON tag.id = thing.tag_id
    JOIN topics_tag AS meant ON meant.id = COALESCE(tag.synonym_of_id, tag.id)
    WHERE kind.app_label = %s AND kind.model = %s AND thing.object_id = %s ORDER BY thing.id
"""


class Theme(models.Model):
    """One of the priority themes of the network. Its title is curated, in several languages."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    original_language = models.CharField(max_length=8, default="en")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.slug


class Tag(TagBase):
    """A free word. Case and accents do not make another tag: `folded` is unique.

    A synonym is a tag that means another one, in whatever language; synonyms stand one level deep. What was tagged
    with it keeps its own word, so that parting the two brings back all that was.
    """

    folded = models.CharField(max_length=100, unique=True)
    synonym_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="synonyms")
    description = models.TextField(max_length=400, default="", blank=True)  # curated, in several languages
    original_language = models.CharField(max_length=8, default="en")

    class Meta(TagBase.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(synonym_of=None) | ~Q(synonym_of=F("id")), name="no_tag_is_its_own_synonym"
            )
        ]

    @property
    def meant(self) -> "Tag":
        """The tag that this word stands for: itself, or the one it is a synonym of."""
        return self.synonym_of or self

    def slugify(self, tag: str, i: int | None = None) -> str:
        """`-` for a word without a letter, such as a heart: an address needs something to stand there."""
        slug = super().slugify(tag) or "-"
        return f"{slug}_{i}" if i else slug

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = folded(self.name)
        super().save(*args, **kwargs)


def meant(tags: Iterable[Tag]) -> list[Tag]:
    """What these words stand for, each once. Needs `synonym_of` fetched along."""
    return list({tag.meant.pk: tag.meant for tag in tags}.values())


def tags_meant_on(thing: models.Model) -> list[Tag]:
    """What the tags of one thing mean, each once, in the order in which it was tagged."""
    of = thing._meta
    return list(dict.fromkeys(Tag.objects.raw(MEANT_ON, [of.app_label, of.model_name, thing.pk])))


class TaggedThing(GenericTaggedItemBase):
    """A tag on anything of the house."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="things")
