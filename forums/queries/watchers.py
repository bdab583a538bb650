"""In which class each of many members would see a thread or a forum: the rules, asked for all of them at once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from community.members.models import Member
from community.members.rules import is_moderator, sleeps
from forums.choices import Audience
from forums.fragments import GUEST, MEMBER, MODERATOR
from forums.models import Exchange, Forum, Thread
from forums.rules.seeing import cities_taking_part

INSIDER = "insider"  # of the group that the forum names
Classes = dict[int | None, str | None]
# The audiences of threads that each class finds in the list of a forum.
LISTED_TO = {
    GUEST: {"", Audience.GUESTS},
    MEMBER: {"", Audience.GUESTS, Audience.MEMBERS},
    INSIDER: {"", Audience.GUESTS, Audience.MEMBERS, Audience.GROUP},
}


@dataclass(frozen=True)
class Company:
    """Some members, by id, as one forum sees them."""

    forum: Forum
    members: set[int]
    moderators: set[int]
    insiders: set[int]
    cities: dict[int, int | None]  # for which each speaks

    def hears(self, member_id: int | None, audience: str) -> bool:
        """Whether she belongs to that audience, by herself."""
        if audience in ("", Audience.GUESTS):
            return True
        if audience == Audience.PARTIES:  # whose cities take part is for the thread to say
            return False
        return member_id in (self.members if audience == Audience.MEMBERS else self.insiders)


def company(forum: Forum, member_ids: Collection[int | None]) -> Company:
    """At most three queries, however many they are."""
    wanted = [member_id for member_id in member_ids if member_id is not None]
    members = {member.pk: member for member in Member.objects.filter(pk__in=wanted, is_active=True)} if wanted else {}
    moderators, insiders = {pk for pk, member in members.items() if is_moderator(member)}, set[int]()
    if members:
        awake = [pk for pk, member in members.items() if not sleeps(member)]
        moderators |= set(forum.moderators.filter(pk__in=awake).values_list("pk", flat=True))
    if members and forum.circle:
        insiders = set(forum.circle.people.filter(pk__in=members).values_list("pk", flat=True))
    cities = {pk: member.speaks_for_id for pk, member in members.items()}
    return Company(forum, set(members), moderators, insiders, cities)


def classes_in_thread(thread_id: int, member_ids: Collection[int | None]) -> Classes:
    """As `can_see_thread` and `audience_class` say for each."""
    thread = Thread.objects.select_related("forum__circle").filter(pk=thread_id).first()
    if thread is None:
        return dict.fromkeys(member_ids)
    here = company(thread.forum, member_ids)
    is_off = thread.is_hidden or thread.is_deleted
    is_between_cities = thread.audience == Audience.PARTIES
    parties: set[int | None] = set(cities_taking_part(thread)) if is_between_cities else set()

    def hears(member_id: int | None) -> bool:
        if is_between_cities:
            return member_id is not None and here.cities.get(member_id) in parties
        return here.hears(member_id, thread.audience)

    def sees(member_id: int | None) -> bool:
        is_own = member_id in here.members and member_id == thread.author_id
        return (is_own or not is_off) and here.hears(member_id, thread.forum.audience) and hears(member_id)

    return _classes(here, member_ids, sees, lambda member_id: GUEST if member_id not in here.members else MEMBER)


def classes_in_forum(forum_id: int, member_ids: Collection[int | None]) -> Classes:
    """As `can_see_forum` says for each; those of the forum's group are a class of their own."""
    forum = Forum.objects.select_related("circle").filter(pk=forum_id).first()
    if forum is None:
        return dict.fromkeys(member_ids)
    here = company(forum, member_ids)

    def name(member_id: int | None) -> str:
        if member_id not in here.members:
            return GUEST
        return INSIDER if member_id in here.insiders else MEMBER

    return _classes(here, member_ids, lambda member_id: here.hears(member_id, forum.audience), name)


def classes_in_exchange(exchange_id: int, member_ids: Collection[int | None]) -> Classes:
    """As `can_see_exchange` says of the card for each."""
    exchange = Exchange.objects.select_related("forum__circle", "thread").filter(pk=exchange_id).first()
    if exchange is None:
        return dict.fromkeys(member_ids)
    here = company(exchange.forum, member_ids)
    parties: set[int | None] = set(cities_taking_part(exchange.thread))

    def sees(member_id: int | None) -> bool:
        city_id = here.cities.get(member_id) if member_id is not None else None
        if member_id in here.members and (member_id, city_id) == (exchange.asker_id, exchange.city_id):
            return True
        if exchange.hidden_at or not here.hears(member_id, exchange.forum.audience):
            return False
        if member_id is None:
            return exchange.is_open_to_guests and not exchange.withdrawn_at
        return not exchange.withdrawn_at or city_id in parties

    return _classes(here, member_ids, sees, lambda member_id: GUEST if member_id not in here.members else MEMBER)


def _classes(
    here: Company,
    member_ids: Collection[int | None],
    sees: Callable[[int | None], bool],
    name: Callable[[int | None], str],
) -> Classes:
    """Who is suspended, or erased, watches nothing: a socket of hers that is still open is on its way out."""
    found: Classes = {}
    for member_id in member_ids:
        if member_id is not None and member_id not in here.members:
            found[member_id] = None
        elif member_id in here.moderators:
            found[member_id] = MODERATOR
        else:
            found[member_id] = name(member_id) if sees(member_id) else None
    return found


def is_listed_to(audience: str, thread: Thread) -> bool:
    """Whether a class of viewers of its forum finds the thread in the list."""
    if audience == MODERATOR:
        return True
    return not (thread.is_hidden or thread.is_deleted) and thread.audience in LISTED_TO[audience]
