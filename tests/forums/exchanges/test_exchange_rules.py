"""What may be seen of exchanges agrees with what is listed, for every role and state; and who may do what."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from community.members.models import City
from community.members.rulings import Viewer
from forums import rules
from forums.choices import Audience, PartyRole, Stage
from forums.models import Exchange, Forum, Offer, Outcome, Party
from forums.queries.watchers import classes_in_exchange, classes_in_thread
from forums.rules import exchanges as seeing
from forums.rules import exchanging as doing
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_draft,
    make_exchange,
    make_exchange_forum,
    make_matched,
    make_met,
    make_offer_of,
    make_published,
    make_response,
)
from tests.factories.members import (
    make_administrator,
    make_circle,
    make_city,
    make_member,
    make_moderator,
    make_organiser,
)

pytestmark = pytest.mark.django_db
ALL = ["forum", "thread", "city", "asker", "theme"]


def everybody() -> dict[str, Viewer]:
    """One viewer a role; their cities are called as they stand in every exchange."""
    return {
        "guest": AnonymousUser(),
        "without city": make_member("Noa"),
        "asker": make_citizen("Ana", "asking"),
        "colleague": make_citizen("Ada", "asking"),
        "unconfirmed": make_citizen("Una", "asking", city_confirmed_at=None),
        "invited": make_citizen("Ivo", "invited"),
        "responded": make_citizen("Rosa", "responded"),
        "matched": make_citizen("Mia", "matched"),
        "unmatched": make_citizen("Uma", "unmatched"),
        "left": make_citizen("Leo", "left"),
        "stranger": make_citizen("Cai", "belfast"),
        "forum moderator": make_citizen("Fay", "milan"),
        "moderator": make_moderator(),
        "administrator": make_administrator(),
        "suspended colleague": make_citizen("Sus", "asking", is_active=False),
    }


def in_every_state(viewers: dict[str, Viewer]) -> list[Exchange]:
    """One for each audience of its forum, with and without own moderators, hidden, withdrawn, open to guests."""
    circle = make_circle("coastal", viewers["invited"], viewers["responded"])
    made = []
    for number, (audience, own, hidden, withdrawn, is_open) in enumerate(
        product([Audience.GUESTS, Audience.MEMBERS, Audience.GROUP], *[(False, True)] * 4)
    ):
        forum = Forum.objects.filter(slug=f"{audience}-{own}".lower()).first() or make_exchange_forum(
            f"{audience}-{own}".lower(),
            audience=audience,
            circle=circle,
            moderators=[viewers["forum moderator"]] if own else [],
        )
        home = make_exchange(viewers["asker"], forum=make_exchange_forum(f"home-{number}"), is_open_to_guests=is_open)
        Exchange.objects.filter(pk=home.pk).update(
            forum=forum,
            hidden_at=timezone.now() if hidden else None,
            withdrawn_at=timezone.now() if withdrawn else None,
        )
        home.thread.forum = forum
        home.thread.is_hidden = hidden
        home.thread.save()
        for role in (PartyRole.INVITED, PartyRole.RESPONDED, PartyRole.MATCHED, PartyRole.UNMATCHED, PartyRole.LEFT):
            Party.objects.create(exchange=home, city=City.objects.get(slug=role), role=role)
        made.append(fresh(home))
    return made


def test_what_is_listed_of_exchanges_is_what_may_be_seen() -> None:
    viewers = everybody()
    made = in_every_state(viewers)
    for number, exchange in enumerate(made):
        Outcome.objects.create(
            exchange=exchange,
            published_at=timezone.now() if number % 3 else None,
            withdrawn_at=timezone.now() if number % 3 == 2 else None,
        )
    outcomes = [Outcome.objects.select_related("exchange__forum").get(exchange=exchange) for exchange in made]

    for name, viewer in viewers.items():
        cards = {each for each in made if seeing.can_see_exchange(viewer, each)}
        assert cards == set(seeing.seeable_exchanges(viewer)), name
        talks = {each.thread for each in made if seeing.can_see_conversation(viewer, each)}
        assert talks == set(rules.seeable_threads(viewer)), name
        assert talks == {each.thread for each in made if rules.can_see_thread(viewer, each.thread)}, name
        read = {each for each in outcomes if seeing.can_see_outcome(viewer, each)}
        assert read == set(seeing.seeable_outcomes(viewer)), name


def test_sockets_are_told_the_same_for_all_at_once() -> None:
    viewers = {name: viewer for name, viewer in everybody().items() if name != "guest"}
    made = in_every_state(everybody_again := viewers | {"guest": AnonymousUser()})
    by_id = {viewer.pk: viewer for viewer in everybody_again.values()}

    for exchange in made:
        cards = classes_in_exchange(exchange.pk, list(by_id))
        talks = classes_in_thread(exchange.thread_id, list(by_id))
        for member_id, viewer in by_id.items():
            if viewer.is_authenticated and not viewer.is_active:
                assert cards[member_id] is talks[member_id] is None
                continue
            assert (cards[member_id] is not None) == bool(seeing.can_see_exchange(viewer, exchange)), viewer
            assert (talks[member_id] is not None) == bool(seeing.can_see_conversation(viewer, exchange)), viewer


def test_offers_are_for_everybody_until_they_are_withdrawn_or_hidden() -> None:
    ana, cai, dee = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_moderator()
    for hidden, withdrawn in product((False, True), repeat=2):
        offer = make_offer_of(ana)
        Offer.objects.filter(pk=offer.pk).update(
            hidden_at=timezone.now() if hidden else None, withdrawn_at=timezone.now() if withdrawn else None
        )
    offers = list(Offer.objects.all())

    seen = {}
    for name, viewer in {"guest": AnonymousUser(), "ana": ana, "cai": cai, "dee": dee}.items():
        seen[name] = {offer for offer in offers if seeing.can_see_offer(viewer, offer)}
        assert seen[name] == set(seeing.seeable_offers(viewer)), name

    assert {name: len(found) for name, found in seen.items()} == {"guest": 1, "ana": 4, "cai": 1, "dee": 4}


def allowed(can: object, viewers: dict[str, Viewer], thing: object) -> set[str]:
    return {name for name, viewer in viewers.items() if can(viewer, thing)}  # type: ignore[operator]


def test_who_may_do_what_at_each_stage() -> None:
    viewers = everybody()
    asker, helper = viewers["asker"], viewers["matched"]
    asked, matched = make_exchange(asker), make_matched(asker, helper)
    met = make_met(asker, helper)
    outcome = make_draft(met, asker)
    moderators = {"moderator", "administrator"}
    cities = {"invited", "responded", "matched", "unmatched", "left", "stranger", "forum moderator", "colleague"}

    assert allowed(doing.can_invite, viewers, asked) == {"asker"} | moderators
    assert allowed(doing.can_match, viewers, asked) == {"asker"} | moderators
    assert allowed(doing.can_respond, viewers, asked) == cities - {"colleague"}
    assert allowed(doing.can_respond, viewers, matched) == set()
    assert allowed(doing.can_meet, viewers, asked) == set()
    assert allowed(doing.can_meet, viewers, matched) == {"asker", "colleague", "matched"} | moderators
    assert allowed(doing.can_write_outcome, viewers, matched) == set()
    assert allowed(doing.can_write_outcome, viewers, met) == {"asker", "colleague", "matched"} | moderators
    outcome.exchange = met
    assert allowed(doing.can_agree, viewers, outcome) == {"asker", "colleague", "matched"}
    assert allowed(doing.can_withdraw, viewers, asked) == {"asker"}
    assert allowed(doing.can_change_request, viewers, asked) == {"asker"}
    assert allowed(doing.can_leave, viewers, matched) == {"matched"}
    assert allowed(doing.can_hide_exchange, viewers, asked) == moderators


def test_where_the_asker_has_gone_her_colleagues_go_on() -> None:
    ana, ada, cai = make_citizen("Ana"), make_citizen("Ada"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana)

    ana.city = make_city("salvador")
    ana.save()
    exchange = fresh(exchange)

    assert [bool(doing.can_invite(viewer, exchange)) for viewer in (ana, ada, cai)] == [False, True, False]
    assert not seeing.can_see_conversation(ana, exchange)


def test_who_has_no_city_is_told_why_she_cannot_respond() -> None:
    exchange = make_exchange()

    ruling = doing.can_respond(make_member("Noa"), exchange)

    assert "which city you work for" in str(ruling.reason)


def test_figures_are_for_organisers_and_moderators() -> None:
    viewers = {"guest": AnonymousUser(), "cai": make_member("Cai"), "bo": make_organiser(), "dee": make_moderator()}

    assert {name for name, viewer in viewers.items() if doing.can_see_figures(viewer)} == {"bo", "dee"}
    assert {name for name, viewer in viewers.items() if doing.can_see_silent(viewer)} == {"dee"}


def test_the_first_words_of_a_conversation_are_changed_with_the_request_only() -> None:
    ana = make_citizen("Ana")
    exchange = make_response(make_exchange(ana), make_citizen("Cai", "belfast"))
    opening = exchange.thread.posts.select_related("answer").get(kind="opening")
    opening.thread = exchange.thread

    assert "belongs to the request" in str(rules.can_edit_post(ana, opening).reason)
    assert not rules.can_delete_post(ana, opening)
    client = Client()
    client.force_login(ana)
    page = client.get(f"/exchanges/{exchange.pk}/{exchange.slug}/").content.decode()
    assert f"/posts/{opening.pk}/edit/" not in page and f"/posts/{opening.pk}/delete/" not in page
    assert f"/posts/{opening.pk}/bookmark/" in page


def test_no_thread_is_moved_into_or_out_of_the_talk_between_cities() -> None:
    dee = make_moderator()
    exchange = make_published(make_citizen("Ana"), make_citizen("Cai", "belfast"))
    elsewhere = make_exchange_forum("elsewhere")

    assert not rules.can_move_thread(dee, exchange.thread, elsewhere)
    assert exchange.stage == Stage.OUTCOME
