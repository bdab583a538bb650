"""Members' own calendar feeds, by their token."""

from hashlib import sha256

from django.db.models import QuerySet

from community.members.models import Member
from webinars.models import PersonalFeed, Session, State


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def feed_of_token(token: str) -> PersonalFeed | None:
    """None for a token that was replaced, and for a member who is suspended."""
    feeds = PersonalFeed.objects.filter(token_hash=hash_of(token), member__is_active=True)
    return feeds.select_related("member").first()


def feed_of_member(member: Member) -> PersonalFeed | None:
    return PersonalFeed.objects.filter(member=member).first()


def hers_among(sessions: QuerySet[Session], member_id: int) -> QuerySet[Session]:
    """Those that she is registered for."""
    return sessions.filter(registrations__member_id=member_id, registrations__state=State.REGISTERED)
