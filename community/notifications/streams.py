"""How many notices wait and which are the latest, on a member's own stream."""

from community.facts.models import Fact
from community.live.streams import StreamKind, Thing, adds
from community.members.models import Member
from community.notifications.queries import latest_unread, unread_count

NEWEST_TOLD = 20


def waiting(key: int, language: str, audience: str) -> list[Thing]:
    member = Member.objects.filter(pk=key).first()
    if member is None:
        return []
    return [Thing(id="notices", data={"unread": unread_count(member), "newest": latest_unread(member, NEWEST_TOLD)})]


def when_changed(key: int, facts: list[Fact], language: str, audience: str) -> list[Thing]:
    return waiting(key, language, audience) if any(fact.name == "notices_changed" for fact in facts) else []


adds(StreamKind("member", lambda key, member_ids: {}, when_changed, now=waiting))
