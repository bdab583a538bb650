"""Who is told of what happens in exchanges, and who is reminded where nothing does."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from community.facts.deliveries import deliver
from community.facts.listeners import fact_name, listens, listens_for_one
from community.facts.models import Fact
from community.following.queries import watchers_of_thing
from community.members.models import Member
from community.members.queries.people import officers_of
from community.notifications.actions import notify, review
from community.notifications.queries import members_told, was_told_since
from forums.actions.exchanges.reminding import expect_answer_in
from forums.choices import Audience, PartyRole, Stage
from forums.exchange_notices import (
    CARD_CONCLUDED,
    CARD_REOPENED,
    EXCHANGE_DRAFTED,
    EXCHANGE_INVITED,
    EXCHANGE_LEFT,
    EXCHANGE_MATCHED,
    EXCHANGE_MEETING,
    EXCHANGE_MET,
    EXCHANGE_PUBLISHED,
    EXCHANGE_RETURNED,
    EXCHANGE_SILENT,
    EXCHANGE_UNMATCHED,
    OF_CITIES,
    OF_EXCHANGES,
)
from forums.facts import (
    CitiesMatched,
    CitiesMet,
    CityInvited,
    CityLeft,
    CityNotMatched,
    CityResponded,
    CityReturned,
    ExchangeHidden,
    ExchangeReopened,
    ExchangeShown,
    ExchangeStandsStill,
    ExchangeWithdrawn,
    ForumChanged,
    MeetingSet,
    OutcomeAgreed,
    OutcomeDrafted,
    OutcomePublished,
    OutcomePutBack,
    OutcomeTakenAway,
    PostAdded,
)
from forums.followed import EXCHANGE
from forums.listeners import review_posts
from forums.models import Exchange, Party, Post, Thread
from forums.queries.exchanges import Step, turn_now
from forums.queries.levels import has_muted
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
SAID_THOUGH_MUTED = (EXCHANGE_INVITED, EXCHANGE_DRAFTED)  # what asks for her city's word
TOLD_OF_CITY = {fact_name(CityLeft): EXCHANGE_LEFT, fact_name(CityReturned): EXCHANGE_RETURNED}
TOLD_OF_CARD = {fact_name(OutcomePublished): CARD_CONCLUDED, fact_name(CityLeft): CARD_REOPENED}


@listens(CityInvited, CityNotMatched)
def tell_city(fact: Fact) -> None:
    deliver(fact, tell_member_of_exchange, to=_members_of([fact.ids["city_id"]]))


@listens(CitiesMatched, MeetingSet, CitiesMet, OutcomePublished)
def tell_cities(fact: Fact) -> None:
    deliver(fact, tell_member_of_exchange, to=_settled_members(fact))


@listens(OutcomeDrafted)
def tell_of_draft(fact: Fact) -> None:
    deliver(fact, tell_member_of_exchange, to=_settled_members(fact))


@listens(CityLeft, CityReturned)
def tell_of_city(fact: Fact) -> None:
    """Those who go on with it; of a return also the city itself, which others may have brought back."""
    party = Party.objects.get(exchange=fact.ids["exchange_id"], city=fact.ids["city_id"])
    deliver(fact, tell_member_of_city, to=_settled_members(fact) | _members_of([party.city_id]))


@listens_for_one()
def tell_member_of_city(fact: Fact, member_id: int) -> None:
    party = Party.objects.get(exchange=fact.ids["exchange_id"], city=fact.ids["city_id"])
    if not _has_muted(party.exchange_id, member_id):
        notify(member_id, TOLD_OF_CITY[fact.name], target_id=party.pk, fact_id=fact.pk, actor_id=fact.actor_id)


@listens(OutcomePublished)
def tell_watchers_of_outcome(fact: Fact) -> None:
    """Those outside. Between whom it is held are told anyway, unless they have muted it."""
    deliver(fact, tell_watcher_of_card, to=_watchers(fact) - _settled_members(fact))


@listens(CityLeft)
def tell_watchers_of_opening(fact: Fact) -> None:
    """Where nobody is left who was matched. Whoever is told of the city that left reads it there."""
    party = Party.objects.select_related("exchange").get(exchange=fact.ids["exchange_id"], city=fact.ids["city_id"])
    if party.role == PartyRole.LEFT and party.exchange.stage == Stage.ASKED and party.left_as == PartyRole.MATCHED:
        deliver(fact, tell_watcher_of_card, to=_watchers(fact) - _settled_members(fact) - _members_of([party.city_id]))


@listens_for_one()
def tell_watcher_of_card(fact: Fact, member_id: int) -> None:
    """If she watches it still; of an outcome once, whatever becomes of its text. Who did it is not for the card."""
    kind, exchange_id = TOLD_OF_CARD[fact.name], fact.ids["exchange_id"]
    is_told = not kind.is_state and member_id in members_told([kind], exchange_id)
    if member_id in _watchers(fact) and not is_told:
        notify(member_id, kind, target_id=exchange_id, fact_id=fact.pk)


@listens(OutcomeTakenAway, OutcomePutBack)
def review_concluded(fact: Fact) -> None:
    review([fact.ids["exchange_id"]], CARD_CONCLUDED)


@listens(OutcomeDrafted, OutcomeAgreed, OutcomePublished)
def review_waiting(fact: Fact) -> None:
    """The outcome waits for other cities now, or for none."""
    review([fact.ids["exchange_id"]], EXCHANGE_DRAFTED)


@listens(ExchangeStandsStill)
def remind_the_silent(fact: Fact) -> None:
    """Only where nothing has happened since: neither a deed nor a post."""
    exchange = Exchange.objects.select_related("thread", "asker").prefetch_related("parties")
    found = exchange.get(pk=fact.ids["exchange_id"])
    if found.moves > fact.ids["moves"] or found.thread.last_post_id > fact.ids["last_post_id"]:
        return
    turn = turn_now(found)
    waited_for = _members_of(turn.cities)
    if turn.step in (Step.INVITE, Step.ALONE, Step.MATCH):
        waited_for = {member.pk for member in Member.objects.filter(pk__in=waited_for) if is_asker(member, found)}
    deliver(fact, tell_member_of_exchange, to=waited_for)


@listens_for_one()
def tell_member_of_exchange(fact: Fact, member_id: int) -> None:
    """Of one silence two deliveries may speak: a deed and a post, each told at its time."""
    kind, exchange_id = TOLD[fact.name], fact.ids["exchange_id"]
    if kind not in SAID_THOUGH_MUTED and _has_muted(exchange_id, member_id):
        return
    if kind is EXCHANGE_SILENT and was_told_since(member_id, kind, exchange_id, timezone.now() - ONE_REMINDER_A):
        return
    notify(member_id, kind, target_id=exchange_id, fact_id=fact.pk, actor_id=fact.actor_id)


@listens(PostAdded)
def await_answer(fact: Fact) -> None:
    """What was written between cities waits for the others."""
    if Thread.objects.filter(pk=fact.ids["thread_id"], audience=Audience.PARTIES).exists():
        expect_answer_in(fact.ids["thread_id"])


@listens(
    CityResponded,
    CityLeft,
    CityReturned,
    CitiesMatched,
    ExchangeWithdrawn,
    ExchangeReopened,
    ExchangeHidden,
    ExchangeShown,
)
def review_exchange(fact: Fact) -> None:
    """Others may see the card or the conversation now, or no more."""
    exchange_id = fact.ids["exchange_id"]
    _review([exchange_id])
    review_posts(Post.objects.filter(thread__exchange=exchange_id))


@listens(ForumChanged)
def review_exchanges_of_forum(fact: Fact) -> None:
    """Of its posts: see `forums.listeners`."""
    _review(Exchange.objects.filter(forum=fact.ids["forum_id"]).values_list("pk", flat=True))


def _review(exchange_ids: Iterable[int]) -> None:
    review(exchange_ids, *OF_EXCHANGES)
    review(Party.objects.filter(exchange__in=exchange_ids).values_list("pk", flat=True), *OF_CITIES)


def _has_muted(exchange_id: int, member_id: int) -> bool:
    """The conversation, or its forum."""
    return bool(has_muted(Thread.objects.get(exchange=exchange_id), [member_id]))


def _watchers(fact: Fact) -> set[int]:
    """Of the card."""
    return watchers_of_thing(EXCHANGE.kind, fact.ids["exchange_id"])


def _members_of(city_ids: Iterable[int]) -> set[int]:
    return set(officers_of(city_ids).values_list("pk", flat=True))


def _settled_members(fact: Fact) -> set[int]:
    settled = Party.objects.filter(exchange=fact.ids["exchange_id"], role__in=SETTLED)
    return _members_of(settled.values_list("city_id", flat=True))
