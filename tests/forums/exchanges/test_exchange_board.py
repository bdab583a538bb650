"""The board of exchanges: requests, offers, outcomes, figures, and which cities fit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.models import Member
from community.topics.actions import join_tags, tags_called
from community.topics.models import Tag
from forums.models import Exchange, Offer
from forums.queries.exchanges import figures_by_region, suggested_cities
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_exchange,
    make_exchange_forum,
    make_matched,
    make_offer_of,
    make_published,
)
from tests.factories.members import make_city, make_moderator, make_organiser, make_theme
from tests.forums.exchanges.reading import queries, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content_types")]


def test_the_board_is_narrowed_by_theme_region_and_language(client: Client) -> None:
    heat, water = make_theme("heat"), make_theme("water")
    make_exchange(make_citizen("Ana"), title="Shade", theme=heat, languages=["es"], is_open_to_guests=True)
    make_exchange(
        make_member_of("milan", "Mia", region="europe-middle-east"),
        title="Pumps",
        theme=water,
        languages=["fr"],
        is_open_to_guests=True,
    )

    found = {
        wanted: [title for title in ("Shade", "Pumps") if title in client.get(f"/exchanges/?{wanted}").content.decode()]
        for wanted in ("", "theme=heat", "region=europe-middle-east", "language=fr", "theme=no", "language=pt")
    }

    assert found == {
        "": ["Shade", "Pumps"],
        "theme=heat": ["Shade"],
        "region=europe-middle-east": ["Pumps"],
        "language=fr": ["Pumps"],
        "theme=no": ["Shade", "Pumps"],
        "language=pt": [],
    }


def test_the_board_costs_the_same_for_one_row_and_for_three() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    make_exchange_forum()
    make_exchange(ana, tags=["a"])
    make_offer_of(ana, tags=["a"])
    make_published(ana, cai)
    paths = ("/exchanges/", "/exchanges/offers/", "/exchanges/outcomes/", "/cities/quito/")
    once = [queries(signed_in(ana), path) for path in paths]

    for asker in (cai, mia):
        make_exchange(asker, tags=["a", asker.name])
        make_offer_of(ana, tags=["a", asker.name])
        make_published(ana, asker)
        make_exchange(ana)

    assert [queries(signed_in(ana), path) for path in paths] == once
    assert max(once[:3]) <= 12  # a city page joins four rooms


def test_a_city_page_shows_what_the_city_asked_offers_and_learnt(client: Client) -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    make_exchange(ana, title="Open to all", is_open_to_guests=True)
    make_exchange(ana, title="For members")
    make_matched(cai, ana, title="Helped quietly", is_open_to_guests=True)
    make_offer_of(ana, title="Stairs that drain")
    make_published(cai, ana)

    page = client.get("/cities/quito/").content.decode()

    assert all(words in page for words in ("Open to all", "Stairs that drain", "Drained title."))
    assert "For members" not in page
    assert "Helped quietly" not in page


def test_cities_that_fit_are_suggested_with_the_reasons() -> None:
    heat, water = make_theme("heat"), make_theme("water")
    ana = make_member_of("quito", "Ana", hazards=["flash-flood", "volcano"])
    mia = make_member_of("milan", "Mia", hazards=["flash-flood"], language="it")
    cai = make_member_of("belfast", "Cai", language="en")
    make_member_of("dakar", "Awa", language="fr")
    make_offer_of(mia, title="Stairs that drain", theme=heat, tags=["ravines"])
    make_offer_of(cai, title="Pumps", theme=water)
    cai.themes.add(heat)
    exchange = make_exchange(ana, theme=heat, tags=["Ravines"], languages=["en", "es"])

    found = suggested_cities(exchange)

    assert [each.city.slug for each in found] == ["milan", "belfast"]
    assert found[0].reasons == [
        "Offers: “Stairs that drain”",
        "Works on: ravines",
        "Faces the same hazards: Heavy rain and flash floods",
        "In the same region",
    ]
    assert found[1].reasons == ["Its members follow this theme", "Shares a language: English", "In the same region"]


def make_member_of(city: str, name: str, **fields: object) -> Member:
    """Params: fields, of the city."""
    make_city(city, **fields)
    return make_citizen(name, city)


def test_another_word_for_a_tag_finds_the_same_cities_and_is_shown_as_the_tag() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    make_offer_of(cai, tags=["quebradas"], theme=make_theme("other"))
    exchange = make_exchange(ana, tags=["barrancos"])
    join_tags(Tag.objects.get(name="quebradas"), "barrancos")

    exchange = fresh(exchange)
    [found] = suggested_cities(exchange)

    assert found.city == cai.city
    assert "Works on: quebradas" in found.reasons
    assert "barrancos" not in signed_in(ana).get(f"/exchanges/{exchange.pk}/do/edit/").content.decode()


def test_suggesting_costs_the_same_for_three_cities_and_for_many() -> None:
    ana = make_citizen("Ana")
    for number in range(3):
        make_offer_of(make_citizen(f"A{number}", f"city-{number}"), tags=["a"])
    exchange = make_exchange(ana, tags=["a"])

    def spent() -> int:
        found = fresh(exchange)
        with CaptureQueriesContext(connection) as captured:
            suggested_cities(found)
        return len(captured)

    few = spent()
    for number in range(3, 12):
        make_offer_of(make_citizen(f"A{number}", f"city-{number}"), tags=["a"])

    assert spent() == few <= 12


def test_other_cities_quiet_exchanges_are_no_reason_to_be_suggested() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    make_matched(cai, mia, tags=["ravines"])

    assert suggested_cities(make_exchange(ana, tags=["ravines"])) == []


def test_a_city_that_names_the_theme_as_a_priority_is_suggested() -> None:
    theme, cai = make_theme(), make_citizen("Cai", "belfast")
    assert cai.city
    cai.city.priorities.add(theme)

    (found,) = suggested_cities(make_exchange(make_citizen("Ana"), theme=theme, languages=["fr"]))

    assert found.reasons == ["Names this theme as a priority", "In the same region"]


def test_what_a_member_hides_or_nobody_confirmed_is_no_reason_to_suggest_her_city() -> None:
    theme, ana = make_theme(), make_citizen("Ana")
    cai = make_citizen("Cai", "belfast", reads=["pt"], shown={"languages": "nobody"})
    mia = make_citizen("Mia", "milan", shown={"interests": "nobody"})
    una = make_citizen("Una", "dakar", city_confirmed_at=None)
    for member in (cai, mia, una):
        member.themes.add(theme)
        member.tags.set(tags_called(["ravines"]))

    found = suggested_cities(make_exchange(ana, theme=theme, tags=["ravines"], languages=["pt"]))

    assert [each.city.slug for each in found] == ["belfast"]
    assert found[0].reasons == ["Works on: ravines", "Its members follow this theme", "In the same region"]


def test_figures_count_what_came_how_far_by_region() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    first, second = make_exchange(ana), make_published(ana, cai)
    asked = timezone.now() - timedelta(days=30)
    Exchange.objects.filter(pk=first.pk).update(asked_at=asked, matched_at=asked + timedelta(days=4))
    Exchange.objects.filter(pk=second.pk).update(
        asked_at=asked,
        matched_at=asked + timedelta(days=8),
        met_at=asked + timedelta(days=18),
        ended_at=asked + timedelta(days=30),
    )

    everywhere, regions = figures_by_region()
    page = signed_in(make_organiser()).get("/exchanges/figures/").content.decode()

    assert (everywhere.asked, everywhere.matched, everywhere.met, everywhere.outcomes) == (2, 2, 1, 1)
    assert (everywhere.days_to_match, everywhere.days_to_meet, everywhere.days_to_outcome) == (6.0, 10.0, 12.0)
    assert [region.value for region, _ in regions] == ["latin-america"]
    assert "6.0" in page


def test_figures_and_silence_are_not_for_everybody(client: Client) -> None:
    cai = signed_in(make_citizen("Cai", "belfast"))

    assert [cai.get(path).status_code for path in ("/exchanges/figures/", "/exchanges/silent/")] == [403, 403]
    assert client.get("/exchanges/figures/").status_code == 302
    assert signed_in(make_moderator()).get("/exchanges/silent/").status_code == 200


def test_a_forum_of_exchanges_leads_to_the_board(client: Client) -> None:
    make_exchange_forum("peers")

    assert client.get("/forums/peers/").url == "/exchanges/"
    assert client.get("/forums/peers/new/").url == "/exchanges/ask/?forum=peers"


def test_without_a_forum_of_exchanges_there_is_nothing_to_ask_in(client: Client) -> None:
    page = client.get("/exchanges/").content.decode()

    assert "No city is asking just now" in page
    assert "Ask other cities" not in page
    assert client.get("/exchanges/ask/").status_code == 404


def test_an_offer_is_made_changed_and_withdrawn_by_its_city(client: Client) -> None:
    ana, theme = make_citizen("Ana"), make_theme()
    form = {"title": "Stairs", "theme": theme.pk, "body": "See **them**.", "languages": ["es"], "tags": "stairs",
            "language": "en", "token": "one"}  # fmt: skip
    signed_in(ana).post("/exchanges/offers/new/", form)
    offer = Offer.objects.get()
    path = f"/exchanges/offers/{offer.pk}/"

    signed_in(ana).post(f"{path}edit/", form | {"title": "Stairs that drain"})
    shown = client.get(path).content.decode()
    signed_in(make_citizen("Cai", "belfast")).post(f"{path}do/withdraw/")
    stands = client.get(path).status_code
    signed_in(ana).post(f"{path}do/withdraw/")

    assert "Stairs that drain" in shown
    assert (stands, client.get(path).status_code) == (200, 404)


def test_the_forums_lead_to_the_board_of_exchanges_without_a_count(client: Client) -> None:
    make_exchange(is_open_to_guests=True)

    page = client.get("/forums/").content.decode()

    assert '<h3><a href="/exchanges/">' in page
    assert "</b> thread" not in page
