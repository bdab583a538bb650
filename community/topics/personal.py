from django.utils.translation import pgettext_lazy
from taggit.models import Tag as UnusedTag
from taggit.models import TaggedItem

from community.personal.ports import By, Holding, Person, holds, holds_nothing
from community.topics.actions import forget_tags_of, tags_on
from community.topics.models import Tag, TaggedThing, Theme

MEMBER = ("members", "member")


def _forget_tags(person: Person) -> None:
    forget_tags_of(MEMBER, person.id)


holds_nothing("Curated titles.", Theme)
holds_nothing("A vocabulary; words that only she used go with her, see TaggedThing.", Tag)
holds_nothing("The library's own tables, which this house does not use.", UnusedTag, TaggedItem)
holds(
    Holding(
        TaggedThing,
        pgettext_lazy("archive of one's data", "Tags of your profile"),
        hers=lambda person: tags_on(MEMBER, person.id),
        erase=By(_forget_tags, "Her tags go, and with them words that nobody else uses."),
        also=("tag__name",),
    )
)
