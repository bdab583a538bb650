"""Members' own calendar feeds, by their token."""

from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from community.members.models import Member
from webinars.models import PersonalFeed, Registration, Session, Speaker, State


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def feed_of_token(token: str) -> PersonalFeed | None:
    """None for a token that was replaced, and for a member who is suspended."""
    feeds = PersonalFeed.objects.filter(token_hash=hash_of(token), member__is_active=True)
    return feeds.select_related("member").first()


def feed_of_member(member: Member) -> PersonalFeed | None:
    return PersonalFeed.objects.filter(member=member).first()


def hers_among(sessions: QuerySet[Session], member: Member, addresses: Iterable[str]) -> QuerySet[Session]:
    """Those that she is registered for or speaks in. Params: addresses, hers, confirmed: a speaker is known by one."""
    here = Registration.objects.filter(session=OuterRef("pk"), member=member, state=State.REGISTERED)
    speaking = Speaker.objects.annotate(address=Lower("link_email")).filter(address__in=addresses)
    return sessions.filter(Exists(here) | Exists(speaking.filter(session=OuterRef("pk"))))
