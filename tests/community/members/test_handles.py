"""A member chooses her handle; links and mentions of the former ones still lead to her."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.members.actions.accounts import free_handle
from community.members.models import FormerHandle, Member
from community.members.rules import MOST_FORMER_HANDLES
from community.notifications.models import Notice
from community.privacy.queries import person_of
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db

HERE = "/account/profile/"
FORM = {"name": "منى", "language": "en", "timezone": "UTC"}


@pytest.fixture
def mona(client: Client) -> Member:
    member = make_member("منى", handle="member-4821")
    client.force_login(member)
    return member


def called(client: Client, handle: str) -> int:
    return client.post(HERE, {**FORM, "handle": handle}).status_code


def test_old_links_lead_to_her_new_handle(client: Client, mona: Member) -> None:
    answer = client.post(HERE, {**FORM, "handle": "@Mona-K"})

    assert answer["Location"] == "/members/mona-k/"
    guest = Client()
    assert guest.get("/members/mona-k/").status_code == 200
    assert guest.get("/ar/members/member-4821/")["Location"] == "/ar/members/mona-k/"
    assert guest.get("/members/member-4821/posts/")["Location"] == "/members/mona-k/posts/"
    assert guest.get("/members/nobody/").status_code == 404


def test_left_empty_the_handle_stays(client: Client, mona: Member) -> None:
    assert called(client, "") == 302

    assert Member.objects.get(pk=mona.pk).handle == "member-4821"
    assert not FormerHandle.objects.exists()


def test_her_former_handle_is_hers_to_take_again_and_nobody_elses(client: Client, mona: Member) -> None:
    called(client, "mona")
    cai = make_member("Cai")
    theirs = Client()
    theirs.force_login(cai)

    assert called(theirs, "member-4821") == 200
    assert free_handle("Mona") == "mona-2"
    assert called(client, "member-4821") == 302
    assert list(FormerHandle.objects.values_list("handle", flat=True)) == ["mona"]
    assert free_handle("Mona") == "mona-2"


@pytest.mark.parametrize("handle", ["a b", "منى", "-mona", "mona_k", "admin", "cai", "m" * 31, "-", "a/b"])
def test_what_is_no_handle_or_somebody_elses_is_refused_beside_the_field(
    client: Client, mona: Member, handle: str
) -> None:
    make_member("Cai", handle="cai")

    page = client.post(HERE, {**FORM, "handle": handle, "position": "Typed before"})

    assert set(page.context["form"].errors) == {"handle"}
    assert "Typed before" in page.content.decode()
    assert Member.objects.get(pk=mona.pk).handle == "member-4821"


def test_nobody_keeps_more_than_a_few_handles_from_others(client: Client, mona: Member) -> None:
    for number in range(MOST_FORMER_HANDLES):
        called(client, f"mona-{number}")

    assert called(client, "mona-more") == 200
    assert called(client, "member-4821") == 302


def test_a_former_handle_still_calls_her(client: Client, mona: Member) -> None:
    called(client, "mona")
    Member.objects.filter(pk=mona.pk).update(name="Mona")

    post = make_post(make_thread(), body="Ask @member-4821 about it.")
    deliver_all()

    assert '<a href="/members/member-4821/" class="mention">@Mona</a>' in post.body_html
    assert Notice.objects.filter(member=mona).count() == 1


def test_former_handles_are_forgotten_with_her(client: Client, mona: Member) -> None:
    called(client, "mona")

    assert person_of(Member.objects.get(pk=mona.pk)).handles == ("mona", "member-4821")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_one_handle_at_once_one_gets_it(together: Callable[..., list[BaseException]]) -> None:
    members = [make_member("منى", handle="member-4821"), make_member("منى", handle="member-4822")]
    clients = [Client() for _ in members]
    for client, member in zip(clients, members, strict=True):
        client.force_login(member)
    answers: list[int] = []

    assert together(*(lambda client=client: answers.append(called(client, "mona")) for client in clients)) == []

    assert sorted(answers)[0] == 302 and sorted(answers)[1] in (200, 403, 422)
    assert Member.objects.filter(handle="mona").count() == 1
