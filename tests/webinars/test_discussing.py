"""A thread about each session opens by itself, says what it says, and is read by whoever may see it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.models import Member
from community.search.engine import SearchRequest
from community.search.queries import search
from forums.models import Forum, Revision, Thread
from forums.queries.about import thread_about
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_member, make_moderator, make_organiser
from tests.factories.webinars import make_series
from webinars.actions import (
    cancel_session,
    move_session,
    open_discussion,
    plan_session,
    publish_sessions,
    retitle_session,
    revise_series,
    show_session,
)
from webinars.choices import Visibility
from webinars.models import Series, Session
from webinars.plans import SeriesPlan, SessionPlan

pytestmark = pytest.mark.django_db
GUEST = AnonymousUser()


@pytest.fixture
def series(db: None) -> Series:
    return make_series(forum_id=make_forum("after-sessions").pk)


def planned(series: Series, by: Member | None, *, days: int = 7, slug: str = "heat", **fields: Any) -> Session:
    local = (timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
    told: dict[str, Any] = {
        "titles": {"en": "Heat at night"},
        "abstracts": {"en": "What wardens learnt."},
        "starts_local": local,
        "timezone": "UTC",
        "minutes": 60,
        "languages": ("en",),
    }
    return plan_session(series, SessionPlan(slug=slug, **{**told, **fields}), by=by)


def page(session: Session, client: Client | None = None) -> str:
    return (client or Client()).get(session.get_absolute_url()).content.decode()


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_published_session_has_its_thread_which_both_pages_lead_to(series: Series) -> None:
    bo = make_organiser()

    session = planned(series, bo)
    deliver_all()

    thread = Thread.objects.get()
    assert (thread.title, thread.author, thread.forum.slug) == ("Heat at night", bo, "after-sessions")
    assert "What wardens learnt." in thread.posts.get().body_markdown
    assert f'href="/threads/{thread.pk}/heat-at-night/"' in page(session)
    shown = Client().get(f"/threads/{thread.pk}/heat-at-night/").content.decode()
    assert f'href="{session.get_absolute_url()}"' in shown and ">Session</span>" in shown
    assert Forum.objects.get().thread_count == 1


def test_it_opens_four_weeks_before_a_session_that_is_far_off(series: Series) -> None:
    planned(series, make_organiser(), days=60)
    deliver_all()
    assert not Thread.objects.exists()

    with time_machine.travel(timezone.now() + timedelta(days=33)):
        deliver_all()

    assert Thread.objects.count() == 1


def test_until_it_opens_the_session_says_when_in_the_readers_zone(series: Series) -> None:
    with time_machine.travel("2026-01-05T12:00:00Z", tick=False):
        session = planned(series, make_organiser(), days=60)
        deliver_all()
        assert "opens here on <time" in page(session) and "6 Feb 2026, 12:00 UTC" in page(session)
        assert "6 Feb 2026, 19:00" in page(session, signed_in(make_member("Ana", timezone="Asia/Jakarta")))

    with time_machine.travel("2026-02-06T12:00:01Z", tick=False):
        assert "opens here on" not in page(session)  # a kept page, too
        deliver_all()
        assert 'id="part-discussion"' in page(session) and Thread.objects.count() == 1


def test_nothing_is_promised_where_no_thread_will_open(series: Series) -> None:
    bo = make_organiser()
    cancelled = planned(series, bo, days=60)
    cancel_session(cancelled.pk, by=bo)

    assert "opens here on" not in page(cancelled)
    assert "opens here on" not in page(planned(make_series("other"), bo, days=60))


def test_who_may_not_read_the_forum_is_promised_no_thread_in_it() -> None:
    closed = make_series(forum_id=make_forum("members", audience="members").pk)

    session = planned(closed, make_organiser(), days=60)

    assert "opens here on" not in page(session)
    assert "opens here on" in page(session, signed_in(make_member("Ana")))


def test_a_session_published_while_it_runs_has_it_at_once(series: Series) -> None:
    started = (timezone.now() - timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M")

    planned(series, make_organiser(), starts_local=started)
    deliver_all()

    assert Thread.objects.count() == 1


def test_one_that_is_moved_nearer_has_it_at_once_and_one_that_is_put_off_when_it_is_due(series: Series) -> None:
    bo = make_organiser()
    nearer, later = planned(series, bo, days=60), planned(series, bo, days=40, slug="rain")
    local = "%Y-%m-%dT%H:%M"
    move_session(nearer.pk, starts_local=(timezone.now() + timedelta(days=3)).strftime(local), by=bo)
    move_session(later.pk, starts_local=(timezone.now() + timedelta(days=90)).strftime(local), by=bo)
    deliver_all()
    assert thread_about(GUEST, nearer)

    with time_machine.travel(timezone.now() + timedelta(days=20)):
        deliver_all()  # of the date before
        assert not thread_about(GUEST, later)
    with time_machine.travel(timezone.now() + timedelta(days=63)):
        deliver_all()
        assert thread_about(GUEST, later)


def test_told_twice_there_is_one(series: Series) -> None:
    bo = make_organiser()
    session = planned(series, bo)
    deliver_all()

    open_discussion(session.pk, by_id=bo.pk)
    move_session(session.pk, starts_local="2030-03-07T08:00", by=bo)
    deliver_all()

    assert Thread.objects.count() == 1


def test_drafts_sessions_of_a_programme_and_those_that_nobody_published_have_none(series: Series) -> None:
    bo = make_organiser()
    planned(series, bo, visibility=Visibility.DRAFT)
    planned(series, bo, slug="cohort", visibility=Visibility.PROGRAMME)
    planned(series, None, slug="imported")
    planned(make_series("other"), bo)

    deliver_all()

    assert not Thread.objects.exists()


def test_a_draft_has_it_once_it_is_published(series: Series) -> None:
    bo = make_organiser()
    session = planned(series, bo, visibility=Visibility.DRAFT)

    publish_sessions([session.pk], to=Visibility.PUBLIC, by=bo)
    deliver_all()

    assert thread_about(GUEST, session)


def test_another_title_is_the_threads_too_and_the_one_before_is_kept(series: Series) -> None:
    bo = make_organiser()
    session = planned(series, bo)
    deliver_all()

    retitle_session(session.pk, titles={"en": "Heat by day"}, abstracts={}, by=bo)

    assert (Thread.objects.get().title, Revision.objects.get().title) == ("Heat by day", "Heat at night")


def test_what_members_alone_may_see_no_guest_reads_anywhere(series: Series, indexed: Callable[[], None]) -> None:
    bo, ana = make_organiser(), make_member("Ana")
    session = planned(series, bo)
    indexed()
    thread = Thread.objects.get()
    address = f"/threads/{thread.pk}/{thread.slug}/"
    assert _found(GUEST) and Client().get(address).status_code == 200

    show_session(session.pk, to=Visibility.MEMBERS, by=bo)

    assert not _found(GUEST)  # at once: nothing was delivered
    assert Client().get(address).status_code == 404
    assert "Heat at night" not in Client().get("/forums/after-sessions/").content.decode()
    assert Forum.objects.get().thread_count == 0
    assert signed_in(ana).get(address).status_code == 200
    indexed()
    assert _found(ana) and not _found(GUEST)


def test_a_session_that_is_withdrawn_takes_its_thread_along_and_brings_it_back(series: Series) -> None:
    bo, ana, dee = make_organiser(), make_member("Ana"), make_moderator()
    session = planned(series, bo)
    deliver_all()
    make_post(Thread.objects.get(), ana)

    show_session(session.pk, to=Visibility.DRAFT, by=bo)

    assert not thread_about(ana, session) and not thread_about(GUEST, session) and thread_about(dee, session)
    show_session(session.pk, to=Visibility.PUBLIC, by=bo)
    deliver_all()
    assert thread_about(GUEST, session) and Thread.objects.get().post_count == 2
    assert Forum.objects.get().thread_count == 1


def test_a_thread_says_when_its_session_does_not_take_place(series: Series) -> None:
    bo = make_organiser()
    session = planned(series, bo)
    deliver_all()

    cancel_session(session.pk, by=bo)

    thread = Thread.objects.get()
    assert ">Cancelled</span>" in Client().get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()


def test_a_series_that_is_given_a_forum_opens_threads_about_what_is_to_come() -> None:
    bo, series = make_organiser(), make_series()
    planned(series, bo)
    planned(series, bo, days=-7, slug="past")
    deliver_all()
    plan = SeriesPlan(
        slug=series.slug,
        titles={"en": "Frontline"},
        descriptions={},
        languages=("en",),
        timezone="UTC",
        usual_minutes=60,
        forum_id=make_forum("after-sessions").pk,
    )

    revise_series(series.pk, plan, version=1, by=bo)
    deliver_all()

    assert Thread.objects.count() == 1


def test_a_thread_about_a_session_costs_two_queries_more_than_another(series: Series) -> None:
    """The number of the schedule, and the session."""
    planned(series, make_organiser())
    deliver_all()
    about, other = Thread.objects.get(), make_thread(Forum.objects.get())

    assert _queries(about) == _queries(other) + 2


def _queries(thread: Thread) -> int:
    address = f"/threads/{thread.pk}/{thread.slug}/"
    Client().get(address)
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def _found(viewer: Any) -> bool:
    return bool(search(viewer, SearchRequest("wardens", frozenset())).total)


def test_an_organiser_announces_a_session_before_its_thread_opens_by_itself(series: Series) -> None:
    bo = make_organiser()
    session = planned(series, bo, days=90)
    desk, later = Client(), f"/webinars/desk/{session.pk}/announce/"
    desk.force_login(bo)
    assert later in desk.get(f"/webinars/desk/{session.pk}/").content.decode()
    assert "What wardens learnt." in desk.get(later).content.decode()

    answer = desk.post(later, {"body": "Come and bring *your* numbers."})

    thread = Thread.objects.get()
    assert answer["Location"] == f"/threads/{thread.pk}/{thread.slug}/"
    assert (thread.title, thread.forum, thread.author) == ("Heat at night", series.forum, bo)
    assert thread_about(GUEST, session) == thread
    assert "bring <em>your</em> numbers" in Client().get(answer["Location"]).content.decode()
    assert answer["Location"] in desk.get(f"/webinars/desk/{session.pk}/").content.decode()
    assert desk.get(later)["Location"] == answer["Location"]
    deliver_all()
    with time_machine.travel(session.starts_at - timedelta(days=20)):
        deliver_all()
    assert Thread.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"visibility": Visibility.DRAFT}, "once everybody or all members can see it"),
        ({"visibility": Visibility.PROGRAMME}, "once everybody or all members can see it"),
        ({"cancelled_at": timezone.now()}, "does not take place"),
        ({"starts_at": timezone.now() - timedelta(days=2), "ends_at": timezone.now() - timedelta(days=1)}, "is over"),
    ],
)
def test_what_cannot_be_announced_is_not_offered_and_refused_with_a_reason(
    series: Series, told: dict[str, Any], words: str
) -> None:
    bo = make_organiser()
    session = planned(series, bo, days=90)
    Session.objects.update(**told)
    desk = Client()
    desk.force_login(bo)

    assert "announce/" not in desk.get(f"/webinars/desk/{session.pk}/").content.decode()
    refused = desk.post(f"/webinars/desk/{session.pk}/announce/", {"body": "Come."})

    assert refused.status_code == 403 and words in refused.content.decode()
    assert not Thread.objects.exists()


def test_nobody_but_organisers_announces(series: Series) -> None:
    session = planned(series, make_organiser(), days=90)
    client = Client()
    client.force_login(make_member("Ana"))

    assert client.get(f"/webinars/desk/{session.pk}/announce/").status_code == 404
    assert client.post(f"/webinars/desk/{session.pk}/announce/", {"body": "Come."}).status_code == 404
