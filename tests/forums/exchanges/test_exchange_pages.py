"""The pages of one exchange, as browsers without scripts use them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from forums.actions.exchanges import (
    agree_to_outcome,
    hide_exchange,
    match_cities,
    set_meeting,
    take_outcome_away,
    withdraw_exchange,
)
from forums.models import Exchange, Outcome, Party
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_draft,
    make_exchange,
    make_exchange_forum,
    make_matched,
    make_met,
    make_published,
    make_response,
    outcome_texts,
    soon,
)
from tests.factories.members import make_member, make_moderator, make_theme
from tests.forums.exchanges.reading import address, queries, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content_types")]


def test_a_request_is_asked_by_a_form_and_stands_on_the_board(client: Client) -> None:
    ana, theme = make_citizen("Ana"), make_theme()
    make_exchange_forum()
    form = {
        "title": "Who cleans the ravines?", "theme": theme.pk, "sought": "We have **182** of them.", "offered": "",
        "needed_by": soon().isoformat(), "languages": ["es", "en"], "tags": "ravines", "is_open_to_guests": "on",
        "language": "en", "token": "one",
    }  # fmt: skip

    answer = signed_in(ana).post("/exchanges/ask/", form)

    exchange = Exchange.objects.get()
    assert answer.url == f"{address(exchange)}?sent=ask:{exchange.forum_id}"
    assert "Who cleans the ravines?" in client.get("/exchanges/").content.decode()
    assert "<strong>182</strong>" in client.get(address(exchange)).content.decode()


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost() -> None:
    ana, theme = make_citizen("Ana"), make_theme()
    make_exchange_forum()
    form = {"title": "", "theme": theme.pk, "sought": "Our long story.", "needed_by": "2001-01-01", "languages": ["es"]}

    answer = signed_in(ana).post("/exchanges/ask/", form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Our long story." in page
    assert "This day is over." in page


def test_who_has_no_city_is_told_so_before_she_writes() -> None:
    make_exchange_forum()
    answer = signed_in(make_member("Noa")).get("/exchanges/ask/")

    assert answer.status_code == 403
    assert "which city you work for" in answer.content.decode()


def test_a_card_that_is_for_members_is_not_there_for_guests(client: Client) -> None:
    exchange = make_exchange()

    assert client.get(address(exchange)).status_code == 404
    assert signed_in(make_citizen("Cai", "belfast")).get(address(exchange)).status_code == 200


@pytest.mark.parametrize("leave", ["withdrawn", "hidden"])
def test_what_is_withdrawn_or_hidden_is_there_for_those_inside_only(leave: str) -> None:
    ana, cai, dee = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_moderator()
    exchange = make_exchange(ana, is_open_to_guests=True)
    if leave == "withdrawn":
        withdraw_exchange(exchange, by=ana)
    else:
        hide_exchange(exchange, by=dee, reason="An advertisement.")

    found = [client.get(address(exchange)).status_code for client in (Client(), signed_in(cai), signed_in(dee))]

    assert found == [404, 404, 200]
    assert signed_in(ana).get(address(exchange)).status_code == 200
    assert exchange.title not in Client().get("/exchanges/").content.decode()


def test_responding_leads_into_the_conversation() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana)

    answer = signed_in(cai).post(
        f"/exchanges/{exchange.pk}/do/respond/", {"body": "Our wardens do.", "token": "one", "language": "en"}
    )

    assert answer.status_code == 302
    assert "Our wardens do." in signed_in(cai).get(address(exchange)).content.decode()
    assert "Choose with whom to go on" in signed_in(ana).get(address(exchange)).content.decode()


def test_a_thread_between_cities_leads_to_its_exchange() -> None:
    ana = make_citizen("Ana")
    exchange = make_exchange(ana)

    answer = signed_in(ana).get(f"/threads/{exchange.thread_id}/{exchange.thread.slug}/?page=1")

    assert answer.url == f"{address(exchange)}?page=1"


def test_from_invitation_to_publication_by_forms() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange, asker, helper = make_exchange(ana), signed_in(ana), signed_in(cai)
    do = f"/exchanges/{exchange.pk}/do"
    at = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    texts = outcome_texts() | {"language": "en", "version": "0"}

    steps = [
        asker.post(f"{do}/invite/", {"cities": [cai.city_id]}),
        helper.post(f"{do}/respond/", {"body": "We can.", "token": "one", "language": "en"}),
        asker.post(f"{do}/match/", {"cities": [cai.city_id]}),
        helper.post(f"{do}/meet/", {"at": at, "zone": "Europe/London", "link": "https://meet.example/1"}),
        helper.post(f"/exchanges/{exchange.pk}/deed/met/"),
        helper.post(f"{do}/conclude/", texts),
        helper.post(f"{do}/agree/", {"version": "1"}),
        asker.post(f"{do}/agree/", {"version": "1"}),
    ]

    assert {step.status_code for step in steps} == {302}
    assert "Drained result." in Client().get(f"{address(exchange)}outcome/").content.decode()


def test_two_who_write_the_outcome_at_once_see_what_the_other_wrote() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    make_draft(exchange, ana)
    mine = outcome_texts("Mine") | {"language": "en", "version": "0"}

    answer = signed_in(cai).post(f"/exchanges/{exchange.pk}/do/conclude/", mine)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mine result." in page
    assert "Drained result." in page
    assert 'name="version" value="1"' in page


def test_a_draft_is_for_the_cities_that_met_and_what_is_taken_away_too(client: Client) -> None:
    ana, cai, dee = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_moderator()
    met = make_met(ana, cai)
    make_draft(met, ana)
    published = make_published(ana, cai)
    before = client.get(f"{address(published)}outcome/").status_code
    take_outcome_away(Outcome.objects.get(exchange=published), by=dee, reason="It names a patient.")

    assert before == 200
    assert client.get(f"{address(met)}outcome/").status_code == 404
    assert client.get(f"{address(published)}outcome/").status_code == 404
    assert signed_in(cai).get(f"{address(published)}outcome/").status_code == 200


def test_a_change_of_what_is_public_is_read_by_its_cities_alone_until_they_agree(client: Client) -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_published(ana, cai)
    make_draft(exchange, cai, word="Changed")

    pages = [reader.get(f"{address(exchange)}outcome/").content.decode() for reader in (client, signed_in(ana))]

    assert [("Drained result." in page, "Changed result." in page) for page in pages] == [(True, False), (True, True)]
    assert "Read and agree" in signed_in(ana).get(address(exchange)).content.decode()
    assert address(exchange) in signed_in(ana).get("/exchanges/").content.decode()
    assert "Changed result." in signed_in(ana).get(f"/exchanges/{exchange.pk}/do/conclude/").content.decode()


def test_an_outcome_names_its_addresses_in_every_language(client: Client) -> None:
    exchange = make_published(make_citizen("Ana"), make_citizen("Cai", "belfast"))

    page = client.get(f"/es{address(exchange)}outcome/").content.decode()

    assert 'hreflang="fr" href="http' in page
    assert f"/fr{address(exchange)}outcome/" in page
    assert '<link rel="canonical"' in page


def test_a_conversation_costs_the_same_for_one_city_and_for_three() -> None:
    ana, helpers = make_citizen("Ana"), [make_citizen(name, name.lower()) for name in ("Cai", "Mia", "Ivo")]
    one = make_matched(ana, helpers[0])
    three = make_matched(ana, *helpers)

    counts = [queries(signed_in(ana), address(exchange)) for exchange in (one, three)]

    assert counts[0] == counts[1] <= 12


def test_a_draft_of_the_outcome_costs_the_conversation_one_query() -> None:
    ana, helpers = make_citizen("Ana"), [make_citizen(name, name.lower()) for name in ("Cai", "Mia", "Ivo")]
    one, three = make_met(ana, helpers[0]), make_met(ana, *helpers)
    for exchange in (one, three):
        agree_to_outcome(make_draft(exchange, helpers[0]), by=helpers[0], version=1)

    counts = [queries(signed_in(ana), address(exchange)) for exchange in (one, three)]

    assert counts[0] == counts[1] <= 13


def test_a_moderator_hides_by_a_form_that_wants_a_reason() -> None:
    exchange, dee = make_exchange(), signed_in(make_moderator())
    path = f"/exchanges/{exchange.pk}/decide/hide/"

    without, given = dee.post(path, {"reason": ""}), dee.post(path, {"reason": "An advertisement."})

    assert (without.status_code, given.status_code) == (422, 302)
    assert fresh(exchange).hidden_at is not None
    assert signed_in(make_citizen("Cai", "belfast")).post(path, {"reason": "No."}).status_code == 404


def test_a_meeting_in_an_hour_that_does_not_exist_is_refused() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_matched(ana, cai)
    form = {"at": "2099-03-29T02:30", "zone": "Europe/Berlin", "link": ""}

    answer = signed_in(ana).post(f"/exchanges/{exchange.pk}/do/meet/", form)

    assert answer.status_code == 422
    assert "does not exist" in answer.content.decode()


def test_a_response_shows_nobody_else_who_is_in_it() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_exchange(ana), cai)

    card = signed_in(mia).get(address(exchange)).content.decode()

    assert Party.objects.filter(exchange=exchange).count() == 2
    assert "Belfast" not in card


def test_a_finished_exchange_asks_nobody_to_respond(client: Client) -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    finished = make_published(ana, cai, is_open_to_guests=True)
    waiting = make_exchange(ana, is_open_to_guests=True)
    readers = [client, signed_in(mia), signed_in(make_member("Noa"))]

    cards = [reader.get(address(finished)).content.decode() for reader in readers]
    refused = signed_in(make_member("Nia")).get(f"/exchanges/{finished.pk}/do/respond/").content.decode()

    assert not [card for card in cards if "Can your city help?" in card or "which city you work for" in card]
    assert "takes no more responses" in refused
    assert "Can your city help?" in client.get(address(waiting)).content.decode()


def test_a_city_that_was_not_matched_is_thanked_on_the_card() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_response(make_exchange(ana), cai, "We can."), mia)
    match_cities(exchange, by=ana, cities=[cai.city])

    card = signed_in(mia).get(address(exchange)).content.decode()

    assert "Thank you for responding" in card
    assert "Belfast" not in card
    assert "Match further cities" in signed_in(ana).get(address(exchange)).content.decode()
    assert "Milan" in signed_in(ana).get(f"/exchanges/{exchange.pk}/do/match/").content.decode()


def test_whose_turn_it_is_is_said_to_who_reads() -> None:
    ana, cai, colleague = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Ada")
    exchange = make_response(make_exchange(ana), cai)
    readers = {"ana": ana, "cai": cai, "colleague": colleague, "dee": make_moderator()}

    pages = {name: signed_in(reader).get(address(exchange)).content.decode() for name, reader in readers.items()}

    assert {name for name, page in pages.items() if ">Choose with whom to go on<" in page} == {"ana", "dee"}
    assert {name for name, page in pages.items() if "city that asked chooses" in page} == {"cai", "colleague"}


def test_a_conversation_between_cities_offers_no_move_and_names_its_cities_once() -> None:
    exchange = make_matched(make_citizen("Ana"), make_citizen("Cai", "belfast"))

    page = signed_in(make_moderator()).get(address(exchange)).content.decode()

    assert "Lock this thread" in page
    assert "Move this thread" not in page
    assert "Cities in this exchange" in page
    assert "Cities on this page" not in page


def test_cities_may_meet_before_the_day_that_was_set() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_matched(ana, cai)
    set_meeting(exchange, by=cai, at=timezone.now() + timedelta(days=9), zone="UTC", link="")

    page = signed_in(ana).get(address(exchange)).content.decode()

    assert "Move the meeting" in page
    assert "We have met" in page


def test_a_city_reads_what_will_happen_before_it_leaves_and_may_undo_it() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange, helper = make_matched(ana, cai), signed_in(cai)
    leaving = f"/exchanges/{exchange.pk}/do/leave/"

    before = helper.get(leaving).content.decode()
    still = fresh(exchange).stage
    card = helper.post(leaving, follow=True).content.decode()
    asker = signed_in(ana).get(address(exchange)).content.decode()
    helper.post(f"/exchanges/{exchange.pk}/do/return/{cai.city_id}/")

    assert ("takes responses again" in before, still) == (True, "matched")
    assert "Come back" in card
    assert "No other city is left in this exchange" in asker
    assert "Bring Belfast back" in asker
    assert "Our city leaves" in helper.get(address(exchange)).content.decode()


def test_all_of_an_open_card_is_fetched_again_with_its_side() -> None:
    exchange = make_exchange(is_open_to_guests=True)

    page = Client().get(address(exchange)).content.decode()

    stream = page.index(f'data-stream="exchange:{exchange.pk}"')
    assert stream < page.index('class="page has-rail"') < page.index("Can your city help?")


def test_who_responds_is_told_that_moderators_read_too() -> None:
    exchange, cai = make_exchange(), signed_in(make_citizen("Cai", "belfast"))

    form = {"body": "We can.", "token": "one", "language": "en"}
    page = cai.post(f"/exchanges/{exchange.pk}/do/respond/", form, follow=True).content.decode()

    assert "Only the cities in it and moderators read this conversation." in page


def test_the_form_says_of_what_it_asks_the_language() -> None:
    make_exchange_forum()

    page = signed_in(make_citizen("Ana")).get("/exchanges/ask/").content.decode()

    assert "Language of this text" in page
    assert "—</option>" in page
    assert "---------" not in page


def test_all_languages_typed_before_a_sign_in_ran_out_are_there_after_it() -> None:
    ana, theme, client = make_citizen("Ana"), make_theme(), Client()
    forum = make_exchange_forum(audience="guests")
    form = {"title": "Ravines", "theme": theme.pk, "sought": "Our long story.", "languages": ["es", "ar"]}

    client.post("/exchanges/ask/", form)
    client.force_login(ana)
    page = client.get("/exchanges/ask/").content.decode()

    ticked = [box for box in page.split("<input")[1:] if 'name="languages"' in box and "checked" in box.split(">")[0]]
    assert [box.split('value="')[1][:2] for box in ticked] == ["es", "ar"]
    assert "Our long story." in page, forum


def test_the_words_of_a_members_request_are_in_no_address_of_its_outcome(client: Client) -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    closed, opened = make_published(ana, cai, title="Ravines"), make_published(ana, cai, is_open_to_guests=True)

    pages = [client.get(each).content.decode() for each in ("/exchanges/outcomes/", "/cities/quito/")]

    assert all(f"/exchanges/{closed.pk}/-/outcome/" in page and "ravines" not in page.lower() for page in pages)
    assert all(f"{address(opened)}outcome/" in page for page in pages)
    assert client.get(f"/exchanges/{closed.pk}/-/outcome/").status_code == 200


def test_a_meeting_is_a_calendar_file_for_those_who_take_part_and_for_nobody_else(client: Client) -> None:
    ana, bo, cai = make_citizen("Ana"), make_citizen("Bo", city="accra"), make_citizen("Cai", city="kigali")
    exchange = make_matched(ana, bo, title="Ravines, and drains", is_open_to_guests=True)
    file = f"/exchanges/{exchange.pk}/meeting.ics"
    assert signed_in(ana).get(file).status_code == 404

    at = timezone.now().replace(microsecond=0) + timedelta(days=3)
    set_meeting(exchange, by=ana, at=at, zone="Africa/Accra", link="https://meet.example/ravines")

    assert file in signed_in(bo).get(address(exchange)).content.decode()
    [event] = Calendar.from_ical(signed_in(bo).get(file).content).walk("VEVENT")
    assert (event["SUMMARY"], event.start, event.end) == ("Ravines, and drains", at, at + timedelta(hours=1))
    assert str(event["URL"]).endswith(address(exchange))
    assert signed_in(make_moderator()).get(file).status_code == 200
    assert [each.get(file).status_code for each in (client, signed_in(cai))] == [404, 404]
