"""Nothing here is a person's."""

from community.personal.ports import holds_nothing
from community.search.models import Generation, Synonym

holds_nothing("Indexes, which are made from what others hold.", Generation)
holds_nothing("Words that mean the same.", Synonym)
