"""The whole demonstration: loaded once into an empty house, then only moved on with the calendar."""

from datetime import UTC, datetime

from community.demo.attending import load_attendance
from community.demo.discussing import open_discussions
from community.demo.following import load_following
from community.demo.heads import load_heads
from community.demo.joining import load_organisations, load_wishes
from community.demo.peers import load_exchanges
from community.demo.people import load_circle_of_moderators, load_members
from community.demo.places import load_cities, load_programmes, load_themes
from community.demo.reviews import load_reviews
from community.demo.rooms import load_forums
from community.demo.schedule import ORGANISER, load_schedule, move_schedule_on
from community.demo.talk import load_threads, read_most
from community.facts.actions import action
from community.members.models import Member

READER = "ana"


def is_empty() -> bool:
    return not Member.objects.exists()


@action
def load(*, now: datetime) -> None:
    """All of it in one action: a start that is cut off leaves the house empty, and the next one loads it."""
    load_themes()
    cities = load_cities()
    programmes = load_programmes(cities)
    members = load_members(cities, now=now)
    load_organisations(members)
    load_wishes()
    forums = load_forums(load_circle_of_moderators(members), members)
    threads = load_threads(forums, members, now=now)
    load_heads(members, now=now)
    read_most(members[READER], threads)
    load_reviews(members, now=now)
    load_following(members, now=now)
    load_exchanges(forums, members, cities, now=now)
    load_schedule(cities, programmes, forums, by=members[ORGANISER], today=now.astimezone(UTC).date())
    open_discussions(now=now)
    load_attendance(members)


def move_on(*, now: datetime) -> int:
    """Returns: how many invented sessions got another date."""
    moved = move_schedule_on(today=now.astimezone(UTC).date())
    open_discussions(now=now)
    return moved
