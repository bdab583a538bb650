"""Who is told of what happens in exchanges, and who is reminded where nothing does."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from community.facts.deliveries import deliver
from community.facts.listeners import fact_name, listens, listens_for_one
from community.facts.models import Fact
from community.members.models import Member
from community.members.queries.people import officers_of
from community.notifications.actions import notify, review
from community.notifications.queries import members_with_unread, was_told_since
from forums.actions.exchanges.reminding import expect_answer_in
from forums.choices import Audience
from forums.exchange_notices import (
    EXCHANGE_DRAFTED,
    EXCHANGE_INVITED,
    EXCHANGE_MATCHED,
    EXCHANGE_MEETING,
    EXCHANGE_MET,
    EXCHANGE_PUBLISHED,
    EXCHANGE_SILENT,
    EXCHANGE_UNMATCHED,
    OF_EXCHANGES,
)
from forums.facts import (
    CitiesMatched,
    CitiesMet,
    CityInvited,
    CityLeft,
    CityNotMatched,
    CityResponded,
    ExchangeHidden,
    ExchangeReopened,
    ExchangeShown,
    ExchangeStandsStill,
    ExchangeWithdrawn,
    MeetingSet,
    OutcomeDrafted,
    OutcomePublished,
    PostAdded,
)
from forums.listeners import review_posts
from forums.models import Exchange, Party, Post, Thread
from forums.queries.exchanges import Step, turn_now
from forums.rules.exchanges import SETTLED
from forums.rules.exchanging import is_asker

ONE_REMINDER_A = timedelta(days=2)
TOLD = {
    fact_name(CityInvited): EXCHANGE_INVITED,
    fact_name(CitiesMatched): EXCHANGE_MATCHED,
    fact_name(CityNotMatched): EXCHANGE_UNMATCHED,
    fact_name(MeetingSet): EXCHANGE_MEETING,
    fact_name(CitiesMet): EXCHANGE_MET,
    fact_name(OutcomeDrafted): EXCHANGE_DRAFTED,
    fact_name(OutcomePublished): EXCHANGE_PUBLISHED,
    fact_name(ExchangeStandsStill): EXCHANGE_SILENT,
}


@listens(CityInvited, CityNotMatched)
def tell_city(fact: Fact) -> None:
    deliver(fact, tell_member_of_exchange, to=_members_of([fact.ids["city_id"]]))


@listens(CitiesMatched, MeetingSet, CitiesMet, OutcomePublished)
def tell_cities(fact: Fact) -> None:
    deliver(fact, tell_member_of_exchange, to=_settled_members(fact))


@listens(OutcomeDrafted)
def tell_of_draft(fact: Fact) -> None:
    """Whoever has not read the last such notice knows by it already."""
    known = members_with_unread(EXCHANGE_DRAFTED, fact.ids["exchange_id"])
    deliver(fact, tell_member_of_exchange, to=_settled_members(fact) - known)


@listens(ExchangeStandsStill)
def remind_the_silent(fact: Fact) -> None:
    """Only where nothing has happened since: neither a deed nor a post."""
    exchange = Exchange.objects.select_related("thread", "asker").prefetch_related("parties")
    found = exchange.get(pk=fact.ids["exchange_id"])
    if found.moves > fact.ids["moves"] or found.thread.last_post_id > fact.ids["last_post_id"]:
        return
    turn = turn_now(found)
    waited_for = _members_of(turn.cities)
    if turn.step in (Step.INVITE, Step.MATCH):
        waited_for = {member.pk for member in Member.objects.filter(pk__in=waited_for) if is_asker(member, found)}
    deliver(fact, tell_member_of_exchange, to=waited_for)


@listens_for_one()
def tell_member_of_exchange(fact: Fact, member_id: int) -> None:
    """Of one silence two deliveries may speak: a deed and a post, each told at its time."""
    kind, exchange_id = TOLD[fact.name], fact.ids["exchange_id"]
    if kind is EXCHANGE_SILENT and was_told_since(member_id, kind, exchange_id, timezone.now() - ONE_REMINDER_A):
        return
    notify(member_id, kind, target_id=exchange_id, fact_id=fact.pk, actor_id=fact.actor_id)


@listens(PostAdded)
def await_answer(fact: Fact) -> None:
    """What was written between cities waits for the others."""
    if Thread.objects.filter(pk=fact.ids["thread_id"], audience=Audience.PARTIES).exists():
        expect_answer_in(fact.ids["thread_id"])


@listens(CityResponded, CityLeft, CitiesMatched, ExchangeWithdrawn, ExchangeReopened, ExchangeHidden, ExchangeShown)
def review_exchange(fact: Fact) -> None:
    """Others may see the card or the conversation now, or no more."""
    exchange_id = fact.ids["exchange_id"]
    for kind in OF_EXCHANGES:
        review(kind, [exchange_id])
    review_posts(Post.objects.filter(thread__exchange=exchange_id))


def _members_of(city_ids: Iterable[int]) -> set[int]:
    return set(officers_of(city_ids).values_list("pk", flat=True))


def _settled_members(fact: Fact) -> set[int]:
    settled = Party.objects.filter(exchange=fact.ids["exchange_id"], role__in=SETTLED)
    return _members_of(settled.values_list("city_id", flat=True))
