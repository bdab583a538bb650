"""`manage.py demo` fills an empty house, once."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from community.demo import reading
from community.facts.models import Fact
from community.members.models import City, Member
from community.polls.models import Poll
from community.programmes.models import Programme
from community.topics.models import Tag, Theme
from forums.models import Exchange, Forum, Offer, Post, ReadMark, Summary, Thread, Vote
from forums.queries import unread_threads
from forums.queries.about import ids_discussed
from forums.summaries import linked_posts
from i18n.languages import CODES
from tests.factories.members import PASSWORD
from tests.forums.counting import assert_counters_are_right
from webinars.models import Series, Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("said")]
LOADED: list[type[Model]] = [Member, City, Programme, Theme, Forum, Thread, Post, Vote, ReadMark, Series, Session, Fact]


def run() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def said(lasting: None) -> str:
    """What loading it says."""
    return run()


def counted() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in LOADED}


def test_the_demonstration_holds_all_that_its_files_say(said: str) -> None:
    files = reading.threads()
    assert "The demonstration is loaded." in said
    peers = reading.toml("exchanges")
    talks = [exchange.get("posts", ()) for exchange in peers["exchanges"]]
    about = Thread.objects.filter(about_type__model="session").count()
    assert Thread.objects.count() == len(files) + len(talks) + about
    assert Post.objects.count() == about + sum(len(file["posts"]) for file in files) + sum(
        1 + len(talk) for talk in talks
    )
    assert (Exchange.objects.count(), Offer.objects.count()) == (len(talks), len(peers["offers"]))
    assert Member.objects.filter(is_demonstration=True).count() == len(reading.toml("members"))
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == Member.objects.count()
    assert City.objects.count() == len(reading.toml("cities")["cities"]) == len(reading.programme_facts()["cities"])
    assert Session.objects.filter(is_invented=False).count() == 11
    assert Theme.objects.count() == 4
    assert_counters_are_right()


def test_every_account_that_is_printed_can_sign_in(said: str, client: Client) -> None:
    addresses = [word for word in said.split() if "@" in word]
    assert [address.split("@")[0] for address in addresses] == ["ana", "bo", "cai", "dee", "eve", "giulia", "marisol"]
    assert PASSWORD in said
    assert all(client.login(username=address, email=address, password=PASSWORD) for address in addresses)


def test_members_stand_in_the_zone_of_their_city_and_in_their_roles() -> None:
    ana, dee = Member.objects.get(handle="ana"), Member.objects.get(handle="dee")
    assert (ana.timezone, ana.language, ana.city and ana.city.slug) == ("America/Guayaquil", "es", "quito")
    assert [role.value for role in dee.roles] == ["moderator"]
    assert [circle.slug for circle in dee.circles.all()] == ["moderators"]
    giulia, marisol = Member.objects.get(handle="giulia"), Member.objects.get(handle="marisol")
    assert [forum.slug for forum in giulia.moderated_forums.all()] == ["heat"]
    assert [role.value for role in marisol.roles] == ["editor"]


def test_there_is_something_new_for_ana_and_something_she_has_read() -> None:
    ana = Member.objects.get(handle="ana")
    assert 0 < len(unread_threads(ana, 100)) < 20
    assert ReadMark.objects.filter(member=ana).count() > 20


def test_polls_a_summary_an_edit_and_tags_of_five_languages_are_there_to_be_looked_at() -> None:
    assert [poll.closed_at is None for poll in Poll.objects.order_by("pk")] == [True, False]
    assert all(poll.voter_count for poll in Poll.objects.all())
    summary = Summary.objects.get(thread__has_summary=True)
    assert Post.objects.filter(pk__in=linked_posts(summary.body_html), thread=summary.thread_id).count() == 7
    assert Post.objects.get(edited_at__isnull=False).revisions.count() == 2
    flood = Tag.objects.get(name="flood")
    assert all(getattr(flood, f"description_{code}") for code in CODES)
    assert {tag.name for tag in flood.synonyms.all()} >= {"inundación", "inondation", "فيضان"}


def test_running_it_again_changes_nothing() -> None:
    before, sessions = counted(), list(Session.objects.order_by("pk").values())

    said = run()

    assert "nothing was loaded" in said
    assert counted() == before
    assert list(Session.objects.order_by("pk").values()) == sessions


def test_invented_sessions_move_on_and_held_ones_stay() -> None:
    held = list(Session.objects.filter(is_invented=False).order_by("pk").values())
    later = datetime.now(UTC) + timedelta(weeks=7)

    with time_machine.travel(later, tick=False):
        said = run()

    # Of sixteen weeks seven have gone by: seven Thursdays, and three or four Tuesdays.
    moved = Fact.objects.filter(name="session_moved").count()
    assert moved in (10, 11)
    assert f"{moved} invented sessions moved on" in said
    assert list(Session.objects.filter(is_invented=False).order_by("pk").values()) == held
    starts = Session.objects.filter(is_invented=True).values_list("starts_at", flat=True)
    assert all(later - timedelta(days=29) < start < later + timedelta(weeks=12) for start in starts)


def near_without_a_thread() -> list[str]:
    """Invented sessions up to four weeks ahead."""
    near = Session.objects.filter(is_invented=True, starts_at__lte=timezone.now() + timedelta(weeks=4))
    assert near.count() >= 10
    return [each.slug for each in near.exclude(pk__in=ids_discussed(Session, near.values_list("pk", flat=True)))]


def test_sessions_of_these_weeks_have_their_threads_of_the_day_on_which_each_was_due() -> None:
    assert not near_without_a_thread()
    for thread in Thread.objects.filter(about_type__model="session"):
        due = Session.objects.get(pk=thread.about_id).starts_at - timedelta(weeks=4)
        assert thread.opened_at == thread.last_post_at == due < timezone.now()


def test_sessions_that_move_on_or_had_no_thread_have_one_at_the_next_start() -> None:
    Thread.objects.filter(about_type__model="session").update(about_type=None, about_id=None)

    with time_machine.travel(datetime.now(UTC) + timedelta(weeks=5), tick=False):
        run()

        assert not near_without_a_thread()
        assert_counters_are_right()


def test_sessions_to_come_are_open_and_some_members_come_or_wait() -> None:
    coming = Session.objects.filter(is_invented=True, ends_at__gt=timezone.now()).order_by("starts_at")
    assert all(session.takes_registrations for session in coming)
    states = [list(session.registrations.order_by("position").values_list("state", flat=True)) for session in coming]
    assert states[0] == ["registered"] * 8 and states[1] == ["registered"] * 6 + ["waiting"]
    assert coming[0].registrations.filter(member__handle="ana").exists()
    assert not Session.objects.filter(is_invented=False, takes_registrations=True).exists()


def test_invented_sessions_keep_the_rhythm_of_their_series() -> None:
    weekly = Session.objects.filter(is_invented=True, series__slug="cities-on-the-frontline")
    assert {start.strftime("%a %H:%M") for start in weekly.values_list("starts_at", flat=True)} == {"Thu 13:00"}
    others = Session.objects.filter(is_invented=True, series__slug="cities-on-the-frontline-latinoamerica")
    in_order = list(others.order_by("starts_at").values_list("starts_at", "languages"))
    assert {(start - timedelta(hours=5)).strftime("%a %H:%M") for start, _ in in_order} == {"Tue 15:00"}
    assert {later - start for (start, _), (later, _) in pairwise(in_order)} == {timedelta(days=14)}
    assert all(one != two for (_, one), (_, two) in pairwise(in_order))
    assert any(start < timezone.now() for start, _ in in_order)


def test_sessions_that_were_held_have_the_announced_hour_or_say_that_it_is_assumed() -> None:
    pacific = Session.objects.get(slug="gender-inclusive-cities")
    assert (pacific.starts_at, pacific.is_time_assumed) == (datetime(2020, 7, 10, 0, 30, tzinfo=UTC), False)
    early = Session.objects.get(slug="resilient-recovery-planning")
    assert (early.starts_at, early.is_time_assumed) == (datetime(2020, 5, 7, 13, tzinfo=UTC), True)
    assert list(early.speakers.values_list("city__slug", "place"))[:2] == [("belfast", "Belfast"), (None, "Melbourne")]
