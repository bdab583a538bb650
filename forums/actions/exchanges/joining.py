"""Which cities are in it: invited, taking part, gone."""

from collections.abc import Iterable

from community.facts.actions import action
from community.members.models import City, Member
from community.members.rulings import insist
from forums.actions.exchanges.rows import (
    change_exchange,
    cities_in,
    expect_answer,
    held_exchange,
    put_city,
    tell,
)
from forums.actions.replying import post_reply
from forums.actions.writing import post_of_token, token_in
from forums.choices import PartyRole, Stage
from forums.facts import CityInvited, CityLeft, CityResponded, CityReturned
from forums.models import Agreement, Exchange, Party, Post
from forums.rules.exchanging import can_bring_back, can_invite, can_leave, can_respond, can_return

OPEN_AGAIN = {"stage": Stage.ASKED, "matched_at": None, "met_at": None, "meeting_at": None, "meeting_link": ""}


class WrongCities(ValueError):
    """None of these can be invited: each takes part already, or has said no."""


@action
def invite_cities(exchange: Exchange, *, by: Member, cities: Iterable[City]) -> Exchange:
    """Ask the members of these cities to look at the card. They see nothing more than before by it.

    Cities that are in it already are passed over. Raises: NotAllowed; WrongCities where none is left.
    Records: CityInvited for each.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_invite(by, exchange))
    known = cities_in(exchange, *PartyRole)
    new = sorted({city.pk for city in cities} - known)
    if not new:
        raise WrongCities
    change_exchange(exchange)
    for city_id in new:
        put_city(exchange, city_id, PartyRole.INVITED)
        tell(exchange, CityInvited(exchange.pk, city_id), by=by)
    expect_answer(exchange)
    return exchange


@action
def respond(exchange: Exchange, *, by: Member, body: str, token: str, language: str = "") -> Post:
    """Her city takes part from now on, and sees the conversation, which this opens for it.

    The same token again returns the post that it made first. Raises: NotAllowed; TextTooHeavy.
    Records: CityResponded, PostAdded.
    """
    exchange = held_exchange(exchange.pk)
    token = f"response:{token}"  # in the same thread as replies, by another form
    if posted := post_of_token(by, token_in(f"thread:{exchange.thread_id}", token)):
        return posted
    insist(can_respond(by, exchange))
    city_id = by.speaks_for_id or 0  # the rule wants one
    put_city(exchange, city_id, PartyRole.RESPONDED)
    post = post_reply(exchange.thread, author=by, body=body, token=token, language=language or exchange.language)
    change_exchange(exchange)
    tell(exchange, CityResponded(exchange.pk, city_id), by=by, opens=True)
    return post


@action
def leave_exchange(exchange: Exchange, *, by: Member) -> Exchange:
    """Her city takes part no more, or says no. Where nobody is left who was matched, the request is open again.

    See `return_city`. Raises: NotAllowed. Records: CityLeft.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_leave(by, exchange))
    city_id = by.speaks_for_id or 0  # the rule wants one
    if city_id in cities_in(exchange, PartyRole.MATCHED):
        Agreement.objects.filter(outcome__exchange=exchange).delete()  # it was a text of other cities
    party = Party.objects.get(exchange=exchange, city=city_id)
    Party.objects.filter(pk=party.pk).update(left_as=party.role, left_in=exchange.stage)
    put_city(exchange, city_id, PartyRole.LEFT)
    is_alone = exchange.stage != Stage.ASKED and not cities_in(exchange, PartyRole.MATCHED)
    change_exchange(exchange, **(OPEN_AGAIN if is_alone else {}))
    tell(exchange, CityLeft(exchange.pk, city_id), by=by, shows=is_alone, opens=True)
    expect_answer(exchange)
    return exchange


@action
def return_city(exchange: Exchange, *, by: Member, city: City) -> Exchange:
    """It is again what it was when it left; matched no more where the request has been opened again without it.

    By itself, or by whoever asked. Raises: NotAllowed. Records: CityReturned.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_return(by, exchange) if by.speaks_for_id == city.pk else can_bring_back(by, exchange, city))
    party = Party.objects.get(exchange=exchange, city=city)
    is_open_again = party.left_as == PartyRole.MATCHED and exchange.stage == Stage.ASKED
    put_city(exchange, city.pk, PartyRole.RESPONDED if is_open_again else PartyRole(party.left_as))
    change_exchange(exchange)
    tell(exchange, CityReturned(exchange.pk, city.pk), by=by, opens=True)
    expect_answer(exchange)
    return exchange
