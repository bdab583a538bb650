"""Nothing here is a person's but the searches that she has saved."""

from django.utils.translation import pgettext_lazy

from community.personal.ports import Delete, Holding, holds, holds_nothing
from community.search.models import Generation, Meaning, Missed, SavedSearch, Synonym

holds(
    Holding(
        SavedSearch,
        pgettext_lazy("archive of one's data", "Searches you have saved"),
        hers=lambda person: SavedSearch.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
)
holds_nothing("What was looked for in vain, and how often: never by whom.", Missed)

holds_nothing("Indexes, which are made from what others hold.", Generation)
holds_nothing("Words that mean the same.", Synonym)
holds_nothing("What documents mean, as vectors, made from what others hold and gone with it.", Meaning)
