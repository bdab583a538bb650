"""While `@` is typed, members are offered: those of the thread first, never to guests."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from forums.queries.names import MOST, members_meant
from tests.factories.exchanges import make_citizen, make_matched
from tests.factories.forums import make_members_forum, make_post, make_thread
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db


def called(viewer: Member, begun: str, **where: int) -> list[str]:
    return [member.name for member in members_meant(viewer, begun, **where)]


def test_a_handle_or_any_word_of_a_name_may_begin_so() -> None:
    ana = make_member("Ana Paredes")
    for name in ("Paz Rivera", "Juan Paz", "Opaz Lee"):
        make_member(name)

    assert called(ana, "paz") == ["Juan Paz", "Paz Rivera"]
    assert called(ana, "PAZ") == ["Juan Paz", "Paz Rivera"]


def test_those_who_write_in_the_thread_come_first_and_oneself_never() -> None:
    ana, bea, ben = make_member("Ana"), make_member("Bea"), make_member("Ben")
    thread = make_thread(author=ana)
    make_post(thread, ben)

    assert called(ana, "be", thread_id=thread.pk) == [ben.name, bea.name]
    assert called(ana, "be") == [bea.name, ben.name]
    assert called(ana, "ana") == []


def test_a_thread_that_one_may_not_see_changes_no_order() -> None:
    bea, ben = make_member("Bea"), make_member("Ben")
    thread = make_thread(make_members_forum("closed"), ben)
    thread.is_hidden = True
    thread.save()

    assert called(make_member("Cai"), "be", thread_id=thread.pk) == [bea.name, ben.name]


def test_in_a_private_conversation_only_those_are_offered_who_read_it() -> None:
    ana, bea = make_citizen("Ana"), make_citizen("Bea", "belfast")
    exchange = make_matched(ana, bea)
    make_citizen("Ben", "milan")
    make_citizen("Bet", "quito-norte", city_confirmed_at=None)
    moderator = make_moderator("Bela")

    assert called(ana, "be", thread_id=exchange.thread_id) == [bea.name, moderator.name]
    assert called(ana, "be") == [bea.name, moderator.name, "Ben", "Bet"]


def test_who_is_suspended_is_not_offered() -> None:
    Member.objects.filter(pk=make_member("Bea").pk).update(is_active=False)

    assert called(make_member("Ana"), "bea") == []


def test_no_more_than_a_few_are_offered_in_one_query() -> None:
    ana = make_member("Ana")
    for number in range(MOST + 2):
        make_member(f"Bea {number}")

    with CaptureQueriesContext(connection) as queries:
        assert len(called(ana, "bea")) == MOST
    assert len(queries) == 1


def test_a_guest_is_offered_nobody() -> None:
    make_member("Bea")

    assert Client().get("/names/?q=bea").status_code == 404


@pytest.mark.parametrize(
    "address", ["/names/?q=be&thread=x", "/names/?q=be&thread=99999999999999999999", "/names/?q=be"]
)
def test_nonsense_for_a_thread_counts_as_none(client: Client, address: str) -> None:
    bea = make_member("Bea")
    client.force_login(make_member("Ana"))

    assert client.get(address).json() == {"members": [{"handle": bea.handle, "name": "Bea"}]}


def test_nothing_typed_offers_nobody(client: Client) -> None:
    make_member("Bea")
    client.force_login(make_member("Ana"))

    assert client.get("/names/").json() == {"members": []}
    assert client.get("/names/?q=%20").json() == {"members": []}


@pytest.mark.parametrize(
    ("name", "begun"),
    [
        ("José Álvarez", "jose"),
        ("José Álvarez", "ÁLV"),
        ("Jose Alvarez", "álva"),
        ("Anna Müller", "muller"),
        ("Søren Bø", "soren"),
        ("أحمد علي", "احمد"),
        ("مُنى فاطمة", "فاطمه"),
        ("منى", "مني"),
    ],
)
def test_neither_case_nor_accents_matter(name: str, begun: str) -> None:
    make_member(name)

    assert called(make_member("Ana"), begun) == [name]


def test_who_changes_her_name_is_offered_by_the_new_one() -> None:
    zoe = make_member("Zoe")
    zoe.name = "Iñigo"
    zoe.save()

    assert called(make_member("Ana"), "inigo") == ["Iñigo"]


def test_signs_alone_call_nobody() -> None:
    make_member("Bea")

    assert called(make_member("Ana"), "%") == []
