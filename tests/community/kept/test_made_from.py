"""Of each page for everybody: which streams end it, and whether it ends by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory
from django.utils import timezone

from community.kept.addresses import listed
from community.live.keep import KEPT, Note
from community.members.actions.cities import keep_city
from community.members.models import City, Member
from community.programmes.actions import choose_cities
from community.programmes.models import Programme
from forums.actions import edit_post, lock_thread, post_reply
from forums.models import Thread
from tests.factories.forums import make_members_forum, make_thread
from tests.factories.members import make_city, make_member, make_moderator
from tests.factories.webinars import make_open_session
from webinars.actions import open_registration

pytestmark = pytest.mark.django_db
EVERYWHERE = {"site", "access"}


@pytest.fixture
def thread() -> Thread:
    quito = make_city("quito")
    programme = Programme.objects.create(slug="c2r", title_en="Resilient Recovery")
    programme.cities.add(quito)
    make_members_forum("closed")
    return make_thread(
        author=make_member("Ana", handle="ana", city=quito, shown={"activity": "everybody"}),
        title="Drains",
        tags=["flood"],
    )


def note_of(address: str) -> Note:
    """What the view says of its answer to a guest."""
    handler = BaseHandler()
    handler.load_middleware()
    note, request = Note(), RequestFactory(headers={"host": "localhost"}).get(address)
    request.scope = {KEPT: note}  # type: ignore[attr-defined]
    assert handler.get_response(request).status_code == 200
    assert listed(address, b"") is not None
    return note


@pytest.mark.parametrize(
    ("address", "is_over_by_itself"),
    [
        ("/cities/", True),
        ("/programmes/", False),
        ("/programmes/c2r/", False),
    ],
)
def test_pages_of_people_and_places_are_made_from_the_site_alone(
    thread: Thread, address: str, is_over_by_itself: bool
) -> None:
    note = note_of(address)

    assert (note.heads.keys(), note.until is not None) == (EVERYWHERE, is_over_by_itself)


@pytest.mark.parametrize(
    "address",
    [
        "/forums/",
        "/forums/{forum}/",
        "/forums/{forum}/feed.atom",
        "/tags/flood/",
        "/unanswered/",
        "/members/ana/",
        "/members/ana/threads/",
        "/members/ana/posts/",
    ],
)
def test_lists_of_threads_are_made_from_the_forums_that_guests_see(thread: Thread, address: str) -> None:
    note = note_of(address.format(forum=thread.forum.slug))

    assert (note.heads.keys(), note.until) == (EVERYWHERE | {f"forum:{thread.forum_id}"}, None)


def test_a_citys_page_is_made_from_threads_exchanges_and_sessions_too(thread: Thread) -> None:
    note = note_of("/cities/quito/")

    assert note.heads.keys() == EVERYWHERE | {f"forum:{thread.forum_id}", "schedule", "exchanges"}
    assert note.until is not None


def test_the_log_is_made_from_decisions(thread: Thread) -> None:
    note = note_of("/moderation/log/")

    assert (note.heads.keys(), note.until) == (EVERYWHERE | {"decisions"}, None)


def rename_quito(thread: Thread) -> None:
    keep_city(City.objects.get(slug="quito"))


def send_nobody(thread: Thread) -> None:
    choose_cities(Programme.objects.get(), cities=[])


def reply(thread: Thread) -> None:
    post_reply(thread, author=Member.objects.get(handle="ana"), body="Ours too.", token="t")


def edit(thread: Thread) -> None:
    edit_post(thread.posts.get(), by=Member.objects.get(handle="ana"), body="Ours, at night.")


def lock(thread: Thread) -> None:
    lock_thread(thread, by=make_moderator(), reason="Settled.")


@pytest.mark.parametrize(
    ("deed", "address"),
    [
        (lock, "/moderation/log/"),
        (rename_quito, "/cities/"),
        (rename_quito, "/programmes/c2r/"),
        (rename_quito, "/members/ana/"),
        (send_nobody, "/programmes/"),
        (send_nobody, "/cities/quito/"),
        (reply, "/tags/flood/"),
        (reply, "/forums/{forum}/feed.atom"),
        (edit, "/forums/{forum}/feed.atom"),
        (rename_quito, "/forums/{forum}/feed.atom"),
        (reply, "/cities/quito/"),
        (reply, "/forums/"),
        (reply, "/members/ana/"),
        (reply, "/members/ana/posts/"),
        (rename_quito, "/members/ana/answers/"),
    ],
)
def test_what_changes_a_page_ends_it(thread: Thread, deed: Any, address: str) -> None:
    address = address.format(forum=thread.forum.slug)
    before = note_of(address).heads

    deed(thread)

    assert note_of(address).heads != before


def test_a_sessions_page_is_made_from_the_schedule_and_its_own_seats_until_registration_closes() -> None:
    closes_at = timezone.now() + timedelta(days=2)
    session, over = make_open_session("heat"), make_open_session("over", starts_at=timezone.now() - timedelta(days=9))
    open_registration(session.pk, until=closes_at)

    coming, past = note_of("/webinars/frontline/heat/"), note_of("/webinars/frontline/over/")

    assert set(coming.heads) == EVERYWHERE | {"schedule", f"session:{session.pk}"}
    assert coming.until == closes_at
    assert set(past.heads) == EVERYWHERE | {"schedule", f"session:{over.pk}"}
    assert past.until == session.starts_at
