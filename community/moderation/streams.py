"""How much waits for a moderator, on her own stream: the count of one forum is nothing to those of another."""

from community.facts.models import Fact
from community.live.streams import StreamKind, Thing, adds
from community.members.models import Member
from community.moderation.queries.items import latest_waiting, review_count
from community.moderation.rules import moderates_anything

NEWEST_TOLD = 50
CHANGES = {
    "review_item_opened",
    "review_item_decided",
    "review_item_withdrawn",
    "review_item_moved",
    "member_roles_changed",
}


def waiting(key: int, language: str, audience: str) -> list[Thing]:
    """Nothing for those who moderate nothing."""
    member = Member.objects.filter(pk=key).first()
    if member is None or not moderates_anything(member):
        return []
    return [Thing(id="review", data={"waiting": review_count(member), "newest": latest_waiting(member, NEWEST_TOLD)})]


def when_changed(key: int, facts: list[Fact], language: str, audience: str) -> list[Thing]:
    return waiting(key, language, audience) if any(fact.name in CHANGES for fact in facts) else []


adds(StreamKind("member", lambda key, member_ids: {}, when_changed, now=waiting))
