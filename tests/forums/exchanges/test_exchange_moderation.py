"""Requests, offers and outcomes are reported, hidden and shown again as posts are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.members.models import Member
from community.moderation.actions import report
from community.moderation.choices import Category
from community.moderation.models import Decision, ReviewItem
from community.moderation.ports import PORTS, SITE, kind_of
from community.moderation.rules import can_review
from community.notifications.queries import notices_of
from forums.actions import hide_post, restore_post
from forums.actions.exchanges import hide_exchange, hide_offer, show_exchange
from forums.models import Outcome
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_exchange,
    make_exchange_forum,
    make_offer_of,
    make_published,
)
from tests.factories.forums import opening_of
from tests.factories.members import make_administrator, make_member, make_moderator
from tests.factories.moderation import decided
from tests.forums.exchanges.reading import queries, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content_types")]


def outcome_of(ana: Member) -> Outcome:
    return Outcome.objects.get(exchange=make_published(ana, make_citizen("Bo", "belfast")))


MADE: dict[str, Callable[[Member], Any]] = {"exchange": make_exchange, "offer": make_offer_of, "outcome": outcome_of}


def is_off(thing: Any) -> bool:
    thing.refresh_from_db()
    return bool(thing.withdrawn_at if isinstance(thing, Outcome) else thing.hidden_at)


@pytest.mark.parametrize("name", MADE)
def test_what_a_city_asks_offers_and_learns_is_reported_hidden_and_shown_again(name: str) -> None:
    ana, dee, rui = make_citizen("Ana"), signed_in(make_moderator()), signed_in(make_member("Rui"))
    thing = MADE[name](ana)
    page, form = PORTS.moderated[name].address(thing), f"/moderation/report/{name}/{thing.pk}/"

    assert form in rui.get(page).content.decode() and form not in signed_in(ana).get(page).content.decode()
    assert rui.post(form, {"reason": "spam", "note": "Sells pumps."}).status_code == 302
    item = ReviewItem.objects.get()
    assert PORTS.moderated[name].excerpt(thing)[:20] in dee.get("/moderation/").content.decode()
    preview = dee.get(f"/moderation/items/{item.pk}/").content.decode()
    assert "Sells pumps." in preview and 'value="hide"' in preview and 'value="restore"' not in preview
    told = {"deed": "hide", "reason": "It sells.", "category": "spam", "version": item.version}
    assert dee.post(f"/moderation/items/{item.pk}/", told).status_code == 302
    assert is_off(thing)

    decision = Decision.objects.get()
    assert (decision.reason, decision.category, decision.concerns) == ("It sells.", Category.SPAM, ana)
    assert (decision.item, decision.item and decision.item.is_open) == (item, False)
    assert f"/moderation/appeal/{name}/{thing.pk}/" in signed_in(ana).get("/moderation/standing/").content.decode()
    signed_in(ana).post(f"/moderation/appeal/{name}/{thing.pk}/", {"message": "It does not."})
    decided(ReviewItem.objects.latest("pk"), "restore", by=make_moderator("Mo"), reason="It does not sell.")

    assert not is_off(thing)


def test_who_decides_on_offers_and_who_on_requests() -> None:
    fay, dee, rui = make_member("Fay"), make_moderator(), make_member("Rui")
    ana = make_citizen("Ana")
    things = [make_exchange(ana, forum=make_exchange_forum(moderators=[fay])), make_offer_of(ana)]

    items = [
        report(each, kind=PORTS.moderated[name], by=rui, reason="spam").item
        for name, each in zip(["exchange", "offer"], things, strict=True)
    ]

    assert items[1].scope == SITE
    assert [bool(can_review(fay, item)) for item in items] == [True, False]
    assert [bool(can_review(dee, item)) for item in items] == [True, True]


def test_a_request_whose_asker_is_gone_can_be_reported_still() -> None:
    exchange = make_exchange()
    type(exchange).objects.filter(pk=exchange.pk).update(asker=None)

    item = report(fresh(exchange), kind=PORTS.moderated["exchange"], by=make_member("Rui"), reason="spam").item
    decided(item, "hide", by=make_moderator())

    assert is_off(exchange)


def test_the_card_and_the_conversation_are_hidden_and_shown_together_from_either_page() -> None:
    dee, exchange = make_moderator(), make_exchange()

    states = []
    for deed in (hide_post, show_exchange, hide_exchange, restore_post):
        opening = opening_of(exchange.thread)
        deed(opening if deed in (hide_post, restore_post) else exchange, by=dee, reason="canary-reason")
        exchange = fresh(exchange)
        opening.refresh_from_db()
        states.append(
            (bool(exchange.hidden_at), exchange.thread.is_hidden, bool(opening.hidden_at), opening.hidden_reason)
        )

    off, on = (True, True, True, "canary-reason"), (False, False, False, "")
    assert states == [off, on, off, on]
    assert {kind_of(each.target_type.model_class()(pk=1)).name for each in Decision.objects.all()} == {"exchange"}


def test_an_asker_is_told_why_her_request_was_hidden() -> None:
    ana = make_citizen("Ana")
    hide_exchange(make_exchange(ana, title="Drains"), by=make_moderator(), reason="It sells pumps.")

    deliver_all()

    assert [each.shown.text for each in notices_of(ana).notices] == [
        "Moderators hid your post in “Drains”. Their reason: It sells pumps."
    ]


@pytest.mark.parametrize("name", ["offer", "outcome"])
def test_who_offered_or_wrote_is_told_why_it_was_hidden_and_that_it_is_shown_again(name: str) -> None:
    ana, dee = make_citizen("Ana"), make_moderator()
    thing, [hide, restore] = MADE[name](ana), PORTS.moderated[name].deeds
    deliver_all()
    before = {each.notice.pk for each in notices_of(ana).notices}

    hide.act(thing, by=dee, reason="It sells pumps.", category="spam", item=None)
    restore.act(thing, by=dee, reason="It does not.", category="", item=None)
    deliver_all()

    back, away = (each.shown.text for each in notices_of(ana).notices if each.notice.pk not in before)
    assert thing.title in away and "Their reason: It sells pumps." in away
    assert thing.title in back and "again" in back


def test_three_such_notices_are_read_with_as_many_queries_as_one() -> None:
    ana, dee = make_citizen("Ana", is_trust_fixed=True), make_moderator()
    offers, spent = [make_offer_of(ana) for _ in range(3)], []

    for more in (offers[:1], offers[1:]):
        for offer in more:
            hide_offer(offer, by=dee, reason="It sells pumps.")
        deliver_all()
        spent.append(queries(signed_in(ana), "/notifications/"))

    assert len(notices_of(ana).notices) == 3
    assert spent[0] == spent[1]


def test_a_moderator_hides_no_request_of_her_own() -> None:
    eve = make_administrator(city=make_citizen("Ana").city, city_confirmed_at=timezone.now())
    exchange = make_exchange(eve)

    answer = signed_in(eve).post(f"/exchanges/{exchange.pk}/decide/hide/", {"reason": "Mine."})

    assert answer.status_code == 403
    assert not is_off(exchange)
