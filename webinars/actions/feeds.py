"""A member's own calendar feed: made, made anew, ended."""

import secrets
from datetime import timedelta

from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from webinars.models import PersonalFeed
from webinars.queries.feeds import hash_of

TOKEN_BYTES = 32  # 256 bits
USE_NOTED_EVERY = timedelta(hours=1)


@action
def make_feed(*, by: Member) -> str:
    """A new address, in place of the one that she has. Returns: its token, which is stored nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = {"token_hash": hash_of(token), "made_at": timezone.now(), "last_used_at": None}
    PersonalFeed.objects.update_or_create(member=by, defaults=made)
    return token


@action
def end_feed(*, by: Member) -> None:
    PersonalFeed.objects.filter(member=by).delete()


@action
def note_use_of_feed(feed: PersonalFeed) -> None:
    """So that she sees whether a program still reads it; to an hour, for programs ask often."""
    PersonalFeed.objects.filter(pk=feed.pk, token_hash=feed.token_hash).update(last_used_at=timezone.now())


def is_use_to_note(feed: PersonalFeed) -> bool:
    return feed.last_used_at is None or feed.last_used_at < timezone.now() - USE_NOTED_EVERY
