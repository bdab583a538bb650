"""Who does not move is reminded after 7 and 21 days; then a moderator sees it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notice
from forums.actions import post_reply
from forums.actions.exchanges import (
    agree_to_outcome,
    invite_cities,
    leave_exchange,
    match_cities,
    return_city,
    say_met,
    set_meeting,
    withdraw_exchange,
)
from forums.exchange_notices import EXCHANGE_LEFT
from forums.models import Exchange
from forums.queries.exchanges import silent_exchanges, turn_now
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_draft,
    make_exchange,
    make_matched,
    make_met,
    make_published,
    make_response,
)
from tests.factories.members import make_moderator

pytestmark = pytest.mark.django_db
BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def reminded(*members: Member) -> list[int]:
    """How many reminders each has."""
    return [Notice.objects.filter(member=member, kind="exchange-silent").count() for member in members]


def told(member: Member) -> list[str]:
    notices = Notice.objects.filter(member=member, withdrawn_at=None).order_by("pk")
    return list(notices.values_list("kind", flat=True))


def whose_turn(exchange: Exchange) -> tuple[str, set[str]]:
    exchange = Exchange.objects.prefetch_related("parties__city").get(pk=exchange.pk)
    turn = turn_now(exchange)
    slugs = {party.city_id: party.city.slug for party in exchange.parties.all()}
    return turn.step.value, {slugs[city_id] for city_id in turn.cities}


def test_an_asker_who_invites_nobody_is_reminded_twice() -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana, colleague = make_citizen("Ana"), make_citizen("Ada")
        make_exchange(ana)
        deliver_all()
        counts = []
        for days in (6, 2, 12, 2, 30):
            clock.shift(timedelta(days=days))
            deliver_all()
            counts.append(reminded(ana, colleague))

    assert counts == [[0, 0], [1, 0], [1, 0], [2, 0], [2, 0]]


def test_nobody_is_reminded_of_what_has_moved_on() -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
        exchange = make_exchange(ana)
        deliver_all()
        clock.shift(timedelta(days=6))
        make_response(exchange, cai)
        deliver_all()
        clock.shift(timedelta(days=2))
        deliver_all()
        early = reminded(ana, cai)
        clock.shift(timedelta(days=6))
        deliver_all()

    assert early == [0, 0]
    assert reminded(ana, cai) == [1, 0]


def test_an_invited_city_is_told_and_then_reminded() -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
        exchange = make_exchange(ana)
        invite_cities(exchange, by=ana, cities=[cai.city])
        deliver_all()
        clock.shift(timedelta(days=8))
        deliver_all()

    assert told(cai) == ["exchange-invited", "exchange-silent"]
    assert reminded(ana) == [0]


def test_a_city_that_has_left_is_not_reminded() -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
        exchange = make_exchange(ana)
        invite_cities(exchange, by=ana, cities=[cai.city])
        leave_exchange(exchange, by=cai)
        deliver_all()
        clock.shift(timedelta(days=8))
        deliver_all()

    assert (told(cai), reminded(ana)) == ([], [1])


def test_after_a_post_the_other_side_is_reminded_once_a_term() -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
        exchange = make_matched(ana, cai)
        clock.shift(timedelta(days=1))
        post_reply(exchange.thread, author=cai, body="Tuesday?", token="tuesday", language="en")
        deliver_all()
        clock.shift(timedelta(days=8))
        deliver_all()

    assert reminded(ana, cai) == [1, 0]
    assert whose_turn(exchange) == ("arrange", {"quito"})


def test_nobody_is_reminded_before_a_meeting_is_over() -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
        exchange = make_matched(ana, cai)
        set_meeting(exchange, by=ana, at=BEGUN + timedelta(days=40), zone="UTC", link="")
        deliver_all()
        clock.shift(timedelta(days=39))
        deliver_all()
        before = reminded(ana, cai)
        clock.shift(timedelta(days=9))
        deliver_all()
        after = reminded(ana, cai)

        assert (before, after) == ([0, 0], [1, 1])
        assert whose_turn(exchange) == ("say-met", {"quito", "belfast"})


def test_a_withdrawn_request_reminds_nobody() -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana = make_citizen("Ana")
        withdraw_exchange(make_exchange(ana), by=ana)
        clock.shift(timedelta(days=30))
        deliver_all()

    assert reminded(ana) == [0]


def test_each_step_is_told_to_those_it_is_for() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_response(make_exchange(ana), cai), mia)
    match_cities(exchange, by=ana, cities=[cai.city])
    deliver_all()
    set_meeting(exchange, by=cai, at=timezone.now() + timedelta(days=1), zone="UTC", link="")
    say_met(exchange, by=cai)
    deliver_all()

    assert told(cai) == ["exchange-matched"]
    assert [kind for kind in told(mia) if kind != "response"] == ["exchange-unmatched"]
    assert [kind for kind in told(ana) if kind != "response"] == ["exchange-meeting", "exchange-met"]


def test_what_a_city_was_told_of_others_goes_once_it_is_matched_too() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_response(make_exchange(ana), cai), mia)
    match_cities(exchange, by=ana, cities=[cai.city])
    deliver_all()
    before = told(mia)

    match_cities(exchange, by=ana, cities=[mia.city])
    deliver_all()

    assert (before, told(mia)) == (["exchange-unmatched"], ["exchange-matched"])


def test_who_goes_on_is_told_of_a_city_that_left_until_it_is_back() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_matched(ana, cai, mia)
    leave_exchange(exchange, by=cai)
    deliver_all()
    before = [told(member)[-1] for member in (ana, mia)]

    return_city(exchange, by=ana, city=cai.city)
    deliver_all()

    assert before == ["exchange-left", "exchange-left"]
    assert [told(member)[-1] for member in (cai, mia)] == ["exchange-returned", "exchange-returned"]
    assert "exchange-left" not in told(ana)


def test_who_left_is_told_to_nobody_whom_the_city_has_not_confirmed() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_matched(ana, cai, mia)
    leave_exchange(exchange, by=cai)
    left = exchange.parties.get(city=cai.city).pk
    assert left in EXCHANGE_LEFT.shown(mia, [left])

    Member.objects.filter(pk=mia.pk).update(city_confirmed_at=None)

    assert not EXCHANGE_LEFT.shown(Member.objects.get(pk=mia.pk), [left])


def test_a_response_taken_back_is_told_to_the_city_that_asked_alone() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_response(make_exchange(ana), cai), mia)
    leave_exchange(exchange, by=cai)
    deliver_all()

    assert told(ana)[-1] == "exchange-left"
    assert "exchange-left" not in told(mia)


def test_who_has_agreed_is_asked_no_more() -> None:
    ana, ada, cai = make_citizen("Ana"), make_citizen("Ada"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    outcome = make_draft(exchange, cai)
    deliver_all()
    before = [told(member).count("exchange-drafted") for member in (ana, ada)]

    agree_to_outcome(outcome, by=ana, version=1)
    deliver_all()
    after = [told(member).count("exchange-drafted") for member in (ana, ada)]
    make_draft(exchange, cai, word="Changed")
    deliver_all()

    assert (before, after) == ([1, 1], [0, 0])
    assert [told(member).count("exchange-drafted") for member in (ana, ada)] == [1, 1]


def test_a_published_outcome_is_told_to_all_who_took_part() -> None:
    ana, cai, stranger = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")

    make_published(ana, cai)
    deliver_all()

    assert told(ana)[-1] == "exchange-published"
    assert "exchange-drafted" not in told(cai)
    assert told(stranger) == []


def test_what_was_told_goes_with_the_request() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana)
    invite_cities(exchange, by=ana, cities=[cai.city])
    deliver_all()
    before = told(cai)

    withdraw_exchange(exchange, by=ana)
    deliver_all()

    assert (before, told(cai)) == (["exchange-invited"], [])


def test_after_21_days_of_silence_moderators_see_it() -> None:
    dee = make_moderator()
    with time_machine.travel(BEGUN, tick=False) as clock:
        ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
        silent, spoken = make_matched(ana, cai), make_matched(ana, cai)
        ahead, done = make_matched(ana, cai), make_published(ana, cai)
        set_meeting(ahead, by=ana, at=BEGUN + timedelta(days=60), zone="UTC", link="")
        clock.shift(timedelta(days=15))
        post_reply(spoken.thread, author=ana, body="Still there?", token="still", language="en")
        clock.shift(timedelta(days=7))
        found = list(silent_exchanges(dee))

    assert found == [silent]
    assert done not in found


def test_the_turn_passes_from_side_to_side() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana)
    turns = [whose_turn(exchange)]
    invite_cities(exchange, by=ana, cities=[cai.city])
    turns.append(whose_turn(exchange))
    make_response(exchange, cai)
    turns.append(whose_turn(exchange))
    match_cities(exchange, by=ana, cities=[cai.city])
    turns.append(whose_turn(exchange))
    met = make_met(ana, cai)
    turns.append(whose_turn(met))
    turns.append(whose_turn(make_published(ana, cai)))

    assert turns == [
        ("invite", {"quito"}),
        ("respond", {"belfast"}),
        ("match", {"quito"}),
        ("arrange", {"quito"}),
        ("write", {"quito"}),
        ("done", set()),
    ]
    assert fresh(exchange).moves == 3
