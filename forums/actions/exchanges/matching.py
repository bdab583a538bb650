"""From responses to a meeting."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

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
from forums.choices import PartyRole, Stage
from forums.facts import CitiesMatched, CitiesMet, CityNotMatched, MeetingSet
from forums.models import Exchange
from forums.rules.exchanging import can_match, can_meet


class NothingToMatch(ValueError):
    """None of these cities has responded."""


@action
def match_cities(exchange: Exchange, *, by: Member, cities: Iterable[City]) -> Exchange:
    """Between the asking city and these the exchange is held; those matched before stay.

    The others that have responded take part no more, and are told; they may be matched later.
    Raises: NotAllowed; NothingToMatch. Records: CitiesMatched, CityNotMatched for each of the others.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_match(by, exchange))
    wanted = {city.pk for city in cities}
    responded = cities_in(exchange, PartyRole.RESPONDED)
    new = wanted & (responded | cities_in(exchange, PartyRole.UNMATCHED))
    if not new:
        if wanted and wanted <= cities_in(exchange, PartyRole.MATCHED):
            return exchange  # somebody else has just done the same
        raise NothingToMatch
    for city_id in sorted(new):
        put_city(exchange, city_id, PartyRole.MATCHED)
    for city_id in sorted(responded - new):
        put_city(exchange, city_id, PartyRole.UNMATCHED)
    change_exchange(exchange, stage=Stage.MATCHED, matched_at=exchange.matched_at or timezone.now())
    tell(exchange, CitiesMatched(exchange.pk), by=by, shows=True, opens=True)
    for city_id in sorted(responded - new):
        tell(exchange, CityNotMatched(exchange.pk, city_id), by=by)
    expect_answer(exchange)
    return exchange


@action
def set_meeting(exchange: Exchange, *, by: Member, at: datetime, zone: str, link: str) -> Exchange:
    """When they meet, and where; set again, it is moved. Params: at, aware; zone, IANA, in which it was typed.

    Raises: NotAllowed. Records: MeetingSet.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_meet(by, exchange))
    change_exchange(exchange, meeting_at=at, meeting_zone=zone, meeting_link=link)
    tell(exchange, MeetingSet(exchange.pk), by=by)
    expect_answer(exchange)
    return exchange


@action
def say_met(exchange: Exchange, *, by: Member) -> Exchange:
    """Said once, by whichever city. Raises: NotAllowed. Records: CitiesMet."""
    exchange = held_exchange(exchange.pk)
    insist(can_meet(by, exchange))
    if exchange.stage == Stage.MATCHED:
        change_exchange(exchange, stage=Stage.MET, met_at=timezone.now())
        tell(exchange, CitiesMet(exchange.pk), by=by)
        expect_answer(exchange)
    return exchange
