"""Who works for a city: she says so, and her city confirms it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from community.facts.models import StreamEntry
from community.members.actions import (
    MovedMeanwhile,
    change_profile,
    confirm_colleague,
    move_to_city,
    suspend,
    unconfirm_colleague,
)
from community.members.models import City, Member
from community.members.rulings import NotAllowed
from community.notifications.models import Notice
from forums.models import Exchange
from forums.queries.watchers import classes_in_thread
from forums.rules import can_see_thread
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import make_citizen, make_exchange, make_response
from tests.factories.forums import make_thread
from tests.factories.members import make_administrator, make_city, make_member, make_moderator

pytestmark = pytest.mark.django_db


def now(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def choose(member: Member, city: City | None) -> Member:
    same = {"position": "", "organisation": "", "reads": [], "language": "en", "timezone": "UTC", "about": ""}
    return change_profile(member, by=member, name=member.name, city=city, themes=[], tags=[], **same)


def enter(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def heads() -> int:
    last = StreamEntry.objects.filter(stream="access").order_by("-seq").first()
    return last.seq if last else 0


@pytest.fixture
def exchange(db: None) -> Exchange:
    return make_response(make_exchange(make_citizen("Ana")), make_citizen("Rosa", "ravenna"))


def test_to_choose_a_city_opens_none_of_its_conversations(exchange: Exchange) -> None:
    quito = City.objects.get(slug="quito")

    eva = choose(make_member("Eva"), quito)

    assert eva.city == quito
    assert not can_see_thread(eva, exchange.thread)
    assert classes_in_thread(exchange.thread_id, [eva.pk]) == {eva.pk: None}
    assert enter(eva).get(f"/threads/{exchange.thread_id}/-/").status_code == 404
    other = make_exchange(make_citizen("Mia", "milan"))
    refused = enter(eva).post(f"/exchanges/{other.pk}/do/respond/", {"body": "We."})
    assert refused.status_code == 403 and "not confirmed yet" in refused.content.decode()


def test_a_confirmed_colleague_opens_it_and_closes_it_again(exchange: Exchange) -> None:
    ana = Member.objects.get(handle="ana")
    eva, before = choose(make_member("Eva"), ana.city), heads()
    page = enter(ana)

    page.post("/cities/quito/colleagues/", {"confirm": "eva"})
    assert can_see_thread(now(eva), exchange.thread)
    page.post("/cities/quito/colleagues/", {"unconfirm": "eva"})

    assert not can_see_thread(now(eva), exchange.thread)
    assert heads() == before + 2


@pytest.mark.parametrize("who", [make_moderator, make_administrator])
def test_where_nobody_is_confirmed_a_moderator_does_it(who) -> None:
    eva = make_member("Eva", city=make_city(), city_confirmed_at=None)

    enter(who()).post("/cities/quito/colleagues/", {"confirm": "eva"})

    assert now(eva).speaks_for_id == eva.city_id


def test_nobody_else_confirms_not_even_herself() -> None:
    eva, uma = (
        make_member("Eva", city=make_city(), city_confirmed_at=None),
        make_member("Uma", city=City.objects.get(), city_confirmed_at=None),
    )
    cai = make_citizen("Cai", "belfast")

    for member in (eva, uma, cai):
        page = enter(member)
        assert page.get("/cities/quito/colleagues/").status_code == 404
        assert page.post("/cities/quito/colleagues/", {"confirm": "eva"}).status_code == 404
        with pytest.raises(NotAllowed):
            confirm_colleague(eva, eva.city, by=member)
    assert now(eva).speaks_for_id is None


def test_another_city_is_confirmed_anew_and_the_same_one_stays_so() -> None:
    ana = make_citizen("Ana")

    assert choose(ana, ana.city).speaks_for_id == ana.city_id
    assert choose(ana, make_city("milan")).speaks_for_id is None


def test_what_was_asked_about_one_city_is_not_said_of_another() -> None:
    ana, eva = make_citizen("Ana"), make_member("Eva", city=make_city("milan"), city_confirmed_at=None)

    with pytest.raises(MovedMeanwhile):
        confirm_colleague(eva, ana.city, by=ana)
    assert enter(ana).post("/cities/quito/colleagues/", {"confirm": "eva"}).status_code == 404


def test_of_two_who_take_each_other_away_one_is_late() -> None:
    ana, eva = make_citizen("Ana"), make_citizen("Eva")

    unconfirm_colleague(eva, eva.city, by=ana)

    with pytest.raises(NotAllowed):
        unconfirm_colleague(ana, ana.city, by=eva)


def test_a_city_given_by_the_coalition_is_confirmed_once_and_told_to_open_sockets() -> None:
    quito, milan = make_city(), make_city("milan")
    eva, gone, before = make_member("Eva"), make_member("Gone"), heads()
    suspend(gone, by=make_administrator())

    assert move_to_city(eva, quito)
    assert not move_to_city(now(eva), milan)
    assert not move_to_city(gone, milan)

    assert now(eva).speaks_for_id == quito.pk and now(gone).city is None
    assert heads() == before + 2  # the suspension, and the move


def test_her_own_page_says_what_to_do_and_nobody_elses() -> None:
    eva, ana = make_member("Eva", city=make_city(), city_confirmed_at=None), make_citizen("Ana")

    assert "Not yet confirmed by your city" in enter(eva).get("/members/eva/").content.decode()
    assert "Not yet confirmed by your city" not in enter(ana).get("/members/eva/").content.decode()
    assert "Not yet confirmed by your city" not in enter(ana).get("/members/ana/").content.decode()


def test_the_page_of_a_city_leads_its_own_to_who_waits() -> None:
    ana, dee = make_citizen("Ana"), make_moderator()
    make_member("Eva", city=ana.city, city_confirmed_at=None)

    assert "1 person waits to be confirmed" in enter(ana).get("/cities/quito/").content.decode()
    assert "1 person waits to be confirmed" in enter(dee).get("/cities/").content.decode()
    assert "Eva" in enter(ana).get("/cities/quito/colleagues/").content.decode()
    for address in ("/cities/", "/cities/quito/"):
        assert "to be confirmed" not in enter(make_member("Cai")).get(address).content.decode()


@pytest.mark.parametrize("is_known", [True, False])
def test_who_can_say_is_asked_and_she_is_told(is_known: bool) -> None:
    dee, quito = make_moderator(), make_city()
    asked = make_citizen("Ana") if is_known else dee
    eva = choose(make_member("Eva"), quito)
    deliver_all()
    assert list(Notice.objects.values_list("kind", "member")) == [("colleague-waits", asked.pk)]
    assert "Eva says: “I work for Quito.”" in enter(asked).get("/notifications/").content.decode()

    confirm_colleague(eva, quito, by=dee)
    deliver_all()

    standing = Notice.objects.filter(withdrawn_at=None)
    assert list(standing.values_list("kind", "member")) == [("affiliation-confirmed", eva.pk)]
    assert "You can now speak for it" in enter(eva).get("/notifications/").content.decode()


def test_of_members_from_before_only_those_who_spoke_between_cities_are_confirmed(exchange: Exchange) -> None:
    quito = City.objects.get(slug="quito")
    make_member("Eva", city=quito, city_confirmed_at=None)
    make_thread(author=make_member("Uma", city=quito, city_confirmed_at=None))
    Member.objects.update(city_confirmed_at=None)
    migration = import_module("community.members.migrations.0008_confirmed_affiliation")

    migration.confirm_who_has_spoken(apps, None)

    confirmed = Member.objects.filter(city_confirmed_at__isnull=False)
    assert set(confirmed.values_list("handle", flat=True)) == {"ana", "rosa"}


def test_until_it_is_confirmed_her_city_stands_on_her_own_page_alone_with_a_mark(client: Client) -> None:
    quito = make_city()
    eva = make_member("Eva", city=quito, city_confirmed_at=None)
    thread = make_thread(author=eva)
    pages = ("/cities/quito/", "/forums/" + thread.forum.slug + "/", f"/threads/{thread.pk}/{thread.slug}/")

    def read() -> list[str]:
        return [client.get(page).content.decode().split("<main")[1] for page in pages]

    city, row, post = read()
    assert "Eva" not in city and "Quito" not in row and "Quito" not in post
    assert "Not yet confirmed" in client.get("/members/eva/").content.decode()

    confirm_colleague(eva, quito, by=make_moderator())

    city, row, post = read()
    assert "Eva" in city and "Quito" in row and "Quito" in post
    assert "Not yet confirmed" not in client.get("/members/eva/").content.decode()
