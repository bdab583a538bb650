"""What things are about: the priority themes, and free tags."""

from django.db import models
from taggit.models import GenericTaggedItemBase, TagBase

from community.text.folding import folded


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
    """A free word. Case and accents do not make another tag: `folded` is unique."""

    folded = models.CharField(max_length=100, unique=True)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """`-` for a word without a letter, such as a heart: an address needs something to stand there."""
        slug = super().slugify(tag) or "-"
        return f"{slug}_{i}" if i else slug

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = folded(self.name)
        super().save(*args, **kwargs)


class TaggedThing(GenericTaggedItemBase):
    """A tag on anything of the house."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="things")
