import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from community.coalition.actions import confirm_wish, decline_city, welcome_city
from community.coalition.forms import countries
from community.coalition.models import Stage, Wish
from community.facts.models import Fact
from community.mail.models import Mail
from community.members.actions import open_account
from community.members.models import City, Member
from community.members.rulings import NotAllowed
from community.moderation.queries import decisions_on
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import make_citizen
from tests.factories.members import (
    make_administrator,
    make_city,
    make_member,
    make_moderator,
    make_organiser,
    make_theme,
)
from tests.factories.wishes import make_wish

pytestmark = pytest.mark.django_db
AS_TOLD = {"region": "latin-america", "city_language": "es", "timezone": "America/Lima"}
ANSWER = {**AS_TOLD, "reason": "Known to us.", "latitude": "-15.84", "longitude": "-70.02", "welcome": ""}


@pytest.fixture(autouse=True)
def nobody_has_tried_anything():
    cache.clear()


def fields(**more):
    return {
        "city_name": "Puno",
        "country": "PE",
        "region": "latin-america",
        "city_language": "es",
        "timezone": "America/Lima",
        "population": "128000",
        "hazards": ["river-flood", "drought"],
        "contact_name": "Rosa Quispe",
        "contact_position": "Risk officer",
        "email": "rosa@puno.example",
        "commitment": "on",
        **more,
    }


def ask(client, **more):
    return client.post(reverse("coalition:join"), fields(**more))


def link_in(kind: str) -> str:
    return re.search(r"http://localhost:8000(/\S+)", Mail.objects.filter(kind=kind).earliest("pk").text).group(1)


def enter(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_guest_confirms_her_address_before_a_moderator_sees_the_city(client):
    theme = make_theme()
    dee = enter(make_moderator())

    ask(client, priorities=[theme.pk])
    link = link_in("confirm_wish")
    client.get(link)
    assert "Puno" not in dee.get(reverse("coalition:wishes")).content.decode()
    client.post(link)

    page = dee.get(reverse("coalition:wishes")).content.decode()
    assert "Puno" in page and "1 city waits" in page
    assert list(Wish.objects.get().priorities.all()) == [theme]
    assert client.post(link).status_code == 404


def test_a_member_asks_in_one_step(client):
    ana = make_member("Ana")
    client.force_login(ana)

    response = client.post(reverse("coalition:join"), {**fields(), "email": "forged@puno.example"})

    wish = Wish.objects.get()
    assert response.url == reverse("coalition:asked")
    assert (wish.stage, wish.member, wish.email, wish.contact_name) == (Stage.WAITING, ana, ana.email, "Ana")


def test_the_page_answers_alike_whether_the_address_has_an_account(client):
    make_member("Rosa", email="rosa@puno.example")

    known, unknown = ask(client), ask(Client(), email="nobody@puno.example")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert set(Mail.objects.values_list("kind", flat=True)) == {"confirm_wish"}


@pytest.mark.parametrize("missing", ["commitment", "city_name", "country", "contact_position", "email"])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, missing):
    page = client.post(reverse("coalition:join"), {k: v for k, v in fields().items() if k != missing})

    assert page.status_code == 200
    form = page.context["form"]
    assert form["hazards"].value() == ["river-flood", "drought"] and form["population"].value() == "128000"
    assert not Wish.objects.exists()


def test_a_welcomed_city_has_a_page_and_its_asker_is_at_home_there():
    wish, dee = make_wish(member=make_member("Ana")), make_moderator()

    enter(dee).post(reverse("coalition:answer", args=[wish.pk]), ANSWER)

    city = City.objects.get()
    wish.refresh_from_db()
    assert (city.slug, city.name_es, city.country, city.latitude) == ("puno", "Puno", "PE", -15.84)
    assert (wish.stage, wish.city) == (Stage.CONFIRMED, city)
    assert Member.objects.get(pk=wish.member_id).city == city
    assert "Ana" in Client().get("/cities/puno/").content.decode()
    assert "/cities/puno/" in Client().get("/cities/").content.decode()
    assert [(each.deed, each.reason, each.by) for each in decisions_on(wish)] == [("welcome", "Known to us.", dee)]
    assert [mail.kind for mail in Mail.objects.filter(to=wish.email)] == ["city_welcome"]


def test_a_guest_who_opens_an_account_afterwards_is_at_home_there():
    wish = make_wish(email="rosa@puno.example")
    welcome_city(wish, by=make_moderator(), reason="Known.", latitude=None, longitude=None)
    assert "/account/signup/" in Mail.objects.get(kind="city_welcome").text

    rosa = open_account(email="rosa@puno.example", name="Rosa", password="!", language="es", zone="UTC")
    other = open_account(email="cai@puno.example", name="Cai", password="!", language="es", zone="UTC")
    deliver_all()

    assert Member.objects.get(pk=rosa.pk).city == City.objects.get()
    assert Member.objects.get(pk=other.pk).city is None


def test_a_declined_city_is_told_why():
    wish, dee = make_wish(), make_moderator()

    enter(dee).post(reverse("coalition:answer", args=[wish.pk]), {"reason": "Ask your mayor first.", "decline": ""})

    wish.refresh_from_db()
    assert wish.stage == Stage.DECLINED and not City.objects.exists()
    assert "Ask your mayor first." in Mail.objects.get(kind="city_declined").text
    assert [each.deed for each in decisions_on(wish)] == ["decline"]


def test_nothing_is_chosen_for_a_city_before_it_chooses(client):
    form = client.get(reverse("coalition:join")).context["form"]

    assert {name: form[name].subwidgets[0].data["value"] for name in ("region", "timezone", "city_language")} == {
        "region": "",
        "timezone": "",
        "city_language": "",
    }
    for name in AS_TOLD:
        ask(client, **{name: ""})
    assert not Wish.objects.exists()


@pytest.mark.parametrize(("language", "first", "second"), [("en", "CI", "HR"), ("es", "EG", "AE"), ("fr", "EG", "AE")])
def test_countries_stand_by_name_whatever_their_accents(language, first, second):
    with translation.override(language):
        codes = [code for code, _ in countries()]

    assert codes.index(first) < codes.index(second)
    assert codes.index("FR") < codes.index("ZW")


def test_a_moderator_puts_right_what_a_city_told_and_needs_no_reason_to_welcome_it():
    wish, dee = make_wish(region="africa", timezone="Africa/Abidjan", city_language="en"), enter(make_moderator())
    address = reverse("coalition:answer", args=[wish.pk])

    page = dee.get(address).content.decode()
    dee.post(address, {**AS_TOLD, "reason": "", "welcome": ""})

    city = City.objects.get()
    assert '<option value="Africa/Abidjan" selected>' in page and "has no dot on the map" in page
    assert (city.region, city.timezone, city.language) == ("latin-america", "America/Lima", "es")
    assert (city.original_language, city.name_es) == ("es", "Puno")


def test_to_decline_needs_a_reason_and_an_answer_is_given_once():
    wish, dee = make_wish(), make_moderator()

    without = enter(dee).post(reverse("coalition:answer", args=[wish.pk]), {"decline": ""})
    welcome_city(wish, by=dee, reason="Known.", latitude=None, longitude=None)

    assert without.status_code == 200 and "Say why" in without.content.decode()
    with pytest.raises(NotAllowed):
        welcome_city(wish, by=dee, reason="Again.", latitude=None, longitude=None)
    assert enter(dee).get(reverse("coalition:answer", args=[wish.pk])).status_code == 404


def test_only_moderators_and_organisers_see_wishes():
    wish = make_wish()
    addresses = [reverse("coalition:wishes"), reverse("coalition:answer", args=[wish.pk])]

    assert {enter(make_organiser()).get(each).status_code for each in addresses} == {200}
    for client in (Client(), enter(make_member("Cai"))):
        assert {client.get(each).status_code for each in addresses} == {404}
        assert "1 city waits" not in client.get("/cities/").content.decode()
    assert "1 city waits" in enter(make_moderator()).get("/cities/").content.decode()
    with pytest.raises(NotAllowed):
        welcome_city(wish, by=make_member("Bob"), reason="Mine.", latitude=None, longitude=None)


def test_two_cities_of_one_name_and_a_word_of_addresses_get_addresses_of_their_own():
    dee = make_moderator()
    make_city("puno")

    for name in ("Puno", "Join"):
        welcome_city(make_wish(city_name=name), by=dee, reason="Known.", latitude=None, longitude=None)

    assert sorted(City.objects.values_list("slug", flat=True)) == ["join-2", "puno", "puno-2"]


def test_asking_too_often_from_one_address_is_stopped(client):
    answers = [ask(client).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert Wish.objects.count() == 5


def test_what_nobody_confirms_is_forgotten_without_another_visitor(client):
    ask(client)
    confirmed = make_wish(email="confirmed@puno.example")
    link = link_in("confirm_wish")

    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert client.get(link).status_code == 404
        deliver_all()

    assert list(Wish.objects.all()) == [confirmed]


def test_confirming_twice_does_not_bring_back_what_was_decided():
    wish = make_wish()
    welcome_city(wish, by=make_moderator(), reason="Known.", latitude=None, longitude=None)

    confirm_wish(wish)

    assert Wish.objects.get().stage == Stage.CONFIRMED


def test_confirmed_at_once_in_two_browsers_it_is_told_once():
    wish = make_wish()  # confirmed, as the first browser did

    confirm_wish(Wish(pk=wish.pk, stage=Stage.UNCONFIRMED))  # as the second one had read it

    assert Fact.objects.filter(name="city_asked").count() == 1


def test_nobody_decides_about_a_city_that_she_asked_for_herself():
    bo = make_organiser()
    mine, mailed = make_wish(member=bo), make_wish(email=bo.email, city_name="Oruro")
    address = reverse("coalition:answer", args=[mine.pk])

    page = enter(bo).get(address).content.decode()
    answer = enter(bo).post(address, ANSWER)

    assert "somebody else decides" in page and 'name="welcome"' not in page
    assert answer.status_code == 403
    with pytest.raises(NotAllowed):
        decline_city(mailed, by=bo, reason="No.")
    assert not City.objects.exists()


def test_the_page_of_a_city_says_what_it_told_when_it_joined():
    wish = make_wish(hazards=["drought"], population=128_000, priorities=[make_theme("water")])
    dee = enter(make_moderator())
    address = reverse("coalition:answer", args=[wish.pk])

    form = dee.get(address).context["form"]
    dee.post(address, {**ANSWER, "population": form["population"].value(), "hazards": form["hazards"].value()})

    city = City.objects.get()
    assert (city.hazards, city.population, [theme.slug for theme in city.priorities.all()]) == (
        ["drought"],
        128_000,
        ["water"],
    )
    page = Client().get("/cities/puno/").content.decode()
    assert "Drought and water shortage" in page and "128,000" in page


@pytest.mark.parametrize(("given", "missing"), [("latitude", "longitude"), ("longitude", "latitude")])
def test_half_a_place_is_an_error_beside_the_other_half(given, missing):
    wish = make_wish()
    answer = {name: value for name, value in ANSWER.items() if name != missing}

    form = enter(make_moderator()).post(reverse("coalition:answer", args=[wish.pk]), answer).context["form"]
    in_admin = enter(make_administrator()).post(reverse("admin:members_city_add"), {given: "1"})

    assert list(form.errors) == [missing] and not City.objects.exists()
    assert missing in in_admin.context["adminform"].form.errors


@pytest.mark.django_db(transaction=True)
def test_two_cities_of_one_name_that_join_at_once_both_have_a_page(together):
    dee, wishes = make_moderator(), [make_wish(), make_wish(email="paz@puno.example")]
    place = {"reason": "Known.", "latitude": None, "longitude": None}

    raised = together(*[lambda wish=wish: welcome_city(wish, by=dee, **place) for wish in wishes])

    assert raised == []
    assert sorted(City.objects.values_list("slug", flat=True)) == ["puno", "puno-2"]


def test_who_has_a_city_already_stays_there():
    ana = make_citizen("Ana")

    welcome_city(make_wish(member=ana), by=make_moderator(), reason="Known.", latitude=None, longitude=None)

    assert Member.objects.get(pk=ana.pk).speaks_for_id == ana.city_id
