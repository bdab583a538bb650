"""What a member has written, on pages of hers: only, and counted only, as far as the viewer may see it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from forums import actions
from forums.queries.people import numbers_of
from tests.factories.forums import make_forum, make_members_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_circle, make_member, make_moderator

pytestmark = pytest.mark.django_db
PAGES = ("/members/cai/", "/members/cai/threads/", "/members/cai/posts/", "/members/cai/answers/")


def make_writer() -> Member:
    """Cai, who lets everybody see what she wrote."""
    return make_member("Cai", handle="cai", shown={"activity": "everybody"})


def client_of(member: Member | None) -> Client:
    client = Client()
    if member:
        client.force_login(member)
    return client


def test_numbers_are_counted_from_what_the_viewer_may_see() -> None:
    cai, ana, ines = make_writer(), make_member("Ana"), make_member("Ines")
    open_answer = make_post(make_thread(make_question_forum(), ana), cai)
    make_thread(make_members_forum(), cai)
    closed = make_forum(audience="group", circle=make_circle("coastal", ines, cai))
    secret = make_post(make_thread(closed, cai), cai)
    actions.vote(open_answer, by=ana)
    actions.vote(secret, by=ines)
    actions.accept_answer(open_answer, by=ana)
    gone = make_post(make_thread(), cai)
    actions.hide_post(gone, by=make_moderator(), reason="Spam.")

    def numbers(viewer: object) -> tuple[int, ...]:
        return tuple(numbers_of(viewer, cai).values())  # type: ignore[arg-type]

    assert numbers(client_of(None).get("/").wsgi_request.user) == (0, 1, 1, 1, 1)
    assert numbers(ana) == (1, 2, 1, 1, 1)
    assert numbers(ines) == numbers(cai) == (2, 4, 1, 1, 2)


@pytest.mark.parametrize("address", PAGES)
def test_what_is_closed_or_hidden_is_on_none_of_her_pages(address: str) -> None:
    cai, ines, dee = make_writer(), make_member("Ines"), make_moderator()
    closed = make_forum(audience="group", circle=make_circle("coastal", ines, cai))
    question = make_thread(make_question_forum(audience="group", circle=closed.circle), ines, title="Canary three")
    make_post(question, cai, body="canary answer")
    make_post(make_thread(closed, cai, title="Canary one"), cai, body="canary reply")
    hidden = make_thread(author=cai, title="Canary two")
    make_post(hidden, cai, body="canary under it")
    actions.hide_post(hidden.posts.earliest("pk"), by=dee, reason="Spam.")

    for viewer in (None, make_member("Ana")):
        html = client_of(viewer).get(address).content.decode()
        assert "canary" not in html.lower()
        assert "<li>0 posts</li>" in html


def test_threads_posts_and_answers_stand_on_their_pages_and_the_accepted_first() -> None:
    cai, ana = make_writer(), make_member("Ana")
    make_thread(author=cai, title="Who lends pumps?")
    make_post(make_thread(author=ana, title="Drains"), cai, body="We clean them.")
    accepted = make_post(make_thread(make_question_forum(), ana, title="How wide?"), cai, body="Two metres.")
    make_post(make_thread(make_question_forum(), ana, title="How deep?"), cai, body="One metre.")
    actions.accept_answer(accepted, by=ana)

    _, threads, posts, answers = (Client().get(address).content.decode() for address in PAGES)

    assert "Who lends pumps?" in threads
    assert "Drains" not in threads
    assert "We clean them." in posts
    assert "Two metres." in posts
    assert "We clean them." not in answers
    assert answers.index("Two metres.") < answers.index("One metre.")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("viewer", ["guest", "member"])
def test_her_pages_cost_the_same_with_one_row_and_with_three(address: str, viewer: str) -> None:
    cai, ana = make_writer(), make_member("Ana")
    client = client_of(ana if viewer == "member" else None)

    def more(number: int) -> None:
        make_thread(author=cai, tags=[f"tag {number}"])
        make_post(make_thread(make_question_forum(), ana), cai)
        make_post(make_thread(author=make_member(f"Writer {number}")), cai)

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    more(1)
    one = cost()
    more(2), more(3)

    assert cost() == one <= 12


def test_posts_are_paged() -> None:
    cai, thread = make_writer(), make_thread()
    for number in range(21):
        make_post(thread, cai, body=f"Post {number}.")

    first, second = (Client().get(f"/members/cai/posts/{query}").content.decode() for query in ("", "?page=2"))

    assert "Post 20." in first
    assert "Post 0." not in first
    assert "Post 0." in second


@pytest.mark.parametrize("address", ["/members/cai/nothing/", "/members/nobody/posts/", "/members/sus/posts/"])
def test_pages_that_are_not_there(address: str) -> None:
    make_writer(), make_member("Sus", handle="sus", is_active=False)

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_who_keeps_her_lists_to_members_has_none_for_guests(address: str) -> None:
    cai = make_writer()
    make_thread(author=cai, title="Who lends pumps?")
    Member.objects.filter(pk=cai.pk).update(shown={"activity": "members"})

    as_guest, as_member = (client_of(viewer).get(address) for viewer in (None, make_member("Ana")))

    assert as_guest.status_code == (200 if address == PAGES[0] else 404)
    assert "Who lends pumps?" not in as_guest.content.decode()
    assert "1 thread</li>" not in as_guest.content.decode()
    assert "1 thread</li>" in as_member.content.decode()
