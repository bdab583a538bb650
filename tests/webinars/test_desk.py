"""The desk, where organisers plan; for everybody else it is not there."""

import csv
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.facts.models import Fact
from tests.factories.members import make_administrator, make_city, make_member, make_theme
from tests.factories.webinars import (
    make_asking,
    make_open_session,
    make_registration,
    make_series,
    make_session,
    make_speaker,
)
from tests.webinars.desk import organiser, typed, typed_of
from webinars.choices import Visibility
from webinars.models import Session

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.mark.parametrize(
    "path",
    [
        "",
        "new/?series=frontline",
        "repeat/",
        "1/",
        "import/",
        "series/new/",
        "series/frontline/",
        "1/cancel/",
        "1/registrations/",
        "1/registrations.csv",
    ],
)
def test_a_guest_is_asked_to_sign_in_and_a_member_finds_nothing(path: str) -> None:
    make_series()
    ana = Client()
    ana.force_login(make_member("Ana"))

    answer = Client().get(f"/webinars/desk/{path}")

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]
    assert ana.get(f"/webinars/desk/{path}").status_code == 404
    assert ana.post(f"/webinars/desk/{path}").status_code == 404


def test_an_administrator_plans_as_organisers_do() -> None:
    make_series()
    eve = Client()
    eve.force_login(make_administrator())

    assert 'href="/webinars/desk/"' in eve.get("/webinars/").content.decode()
    made = eve.post("/webinars/desk/new/?series=frontline", typed(series="frontline"))

    assert eve.get(made["Location"]).status_code == 200
    assert "Heat at night" in eve.get("/webinars/desk/").content.decode()


def test_an_administrator_whose_tasks_sleep_finds_nothing(settings: Any) -> None:
    settings.SECOND_FACTOR_FOR = "staff"
    eve = Client()
    eve.force_login(make_administrator())

    assert eve.get("/webinars/desk/").status_code in (302, 404)


def test_a_draft_is_planned_and_seen_by_organisers_alone() -> None:
    make_series()
    client = organiser()

    answer = client.post("/webinars/desk/new/?series=frontline", typed(series="frontline"))

    session = Session.objects.get()
    assert answer["Location"] == f"/webinars/desk/{session.pk}/"
    assert session.starts_at == datetime(2030, 3, 7, 13, tzinfo=UTC)
    assert (session.slug, session.visibility) == ("heat-at-night", Visibility.DRAFT)
    assert [speaker.role for speaker in session.speakers.all()] == ["Engineer"]
    assert Client().get(session.get_absolute_url()).status_code == 404
    desk = client.get("/webinars/desk/").content.decode()
    assert "Heat at night" in desk
    assert "Português" in desk, "in which languages a title lacks"


@pytest.mark.parametrize(("time", "words"), [("01:30", "01:30 twice"), ("02:30", "")])
def test_a_time_that_clocks_show_twice_is_taken_as_the_first_and_that_is_said(time: str, words: str) -> None:
    make_series()
    when = {"day": "2030-11-03", "time": time}  # clocks go back from two to one in New York

    page = organiser().post("/webinars/desk/new/", typed(series="frontline", **when), follow=True).content.decode()

    assert (f"show {words}. The first of the two is meant: 05:30 UTC." in page) == bool(words)
    assert Session.objects.get().starts_at == datetime(2030, 11, 3, 5 if words else 7, 30, tzinfo=UTC)


def test_a_draft_of_the_same_name_has_another_address() -> None:
    make_series()
    client = organiser()
    for day in ("2030-03-07", "2030-03-14"):
        client.post("/webinars/desk/new/", typed(series="frontline", day=day))

    assert sorted(Session.objects.values_list("slug", flat=True)) == ["heat-at-night", "heat-at-night-2"]


def test_chosen_drafts_are_published_together() -> None:
    sessions = [make_session(f"s{number}", visibility=Visibility.DRAFT) for number in range(3)]

    organiser().post("/webinars/desk/publish/", {"session": [sessions[0].pk, sessions[1].pk, "x"]})

    assert [session.visibility for session in Session.objects.order_by("pk")] == ["public", "public", "draft"]
    assert Client().get(sessions[0].get_absolute_url()).status_code == 200


def test_a_session_is_revised_and_only_what_changed_is_told() -> None:
    session = make_session()
    client = organiser()
    said = typed_of(session, time="09:30", **{"speakers-0-role": "Mayor"})

    client.post(f"/webinars/desk/{session.pk}/", said)

    now = Session.objects.get()
    assert now.starts_local.endswith("T09:30")
    assert now.sequence == session.sequence + 1
    assert [speaker.role for speaker in now.speakers.all()] == ["Mayor"]
    told = set(Fact.objects.filter(name__startswith="session_").values_list("name", flat=True))
    assert {"session_moved", "session_revised"} <= told
    assert "session_retitled" not in told


def test_the_kind_of_a_session_is_revised_without_another_date_for_calendars() -> None:
    session = make_session(kind="talk")
    client = organiser()
    assert '<option value="talk" selected>' in client.get(f"/webinars/desk/{session.pk}/").content.decode()

    client.post(f"/webinars/desk/{session.pk}/", typed_of(session, kind="panel"))

    now = Session.objects.get()
    assert (now.kind, now.sequence, now.version) == ("panel", session.sequence, session.version + 1)
    assert now.changed_at > session.changed_at
    late = client.post(f"/webinars/desk/{session.pk}/", typed_of(session, kind="workshop"))
    assert late.status_code == 409
    assert "<li>Panel</li>" in late.content.decode()
    assert Session.objects.get().kind == "panel"


def test_co_hosts_and_what_is_said_of_the_recording_are_revised_without_another_date_or_mail_for_attendees() -> None:
    session = make_session()
    client = organiser()
    said = {"co_hosts": "ICLEI Africa", "recording_consent_en": "This session is recorded.", "recording_consent_es": ""}

    client.post(f"/webinars/desk/{session.pk}/", typed_of(session, **said))

    now = Session.objects.get()
    assert (now.co_hosts, now.recording_consent_en) == ("ICLEI Africa", "This session is recorded.")  # type: ignore[attr-defined]
    assert (now.sequence, now.version) == (session.sequence, session.version + 1)
    assert set(Fact.objects.filter(name__startswith="session_").values_list("name", flat=True)) == {
        "session_published",
        "session_revised",
    }
    late = client.post(f"/webinars/desk/{session.pk}/", typed_of(session, co_hosts="World Bank"))
    html = late.content.decode()
    assert late.status_code == 409 and 'value="World Bank"' in html
    assert "<li><bdi>ICLEI Africa</bdi></li>" in html
    assert '<li lang="en" dir="auto">This session is recorded.</li>' in html
    assert Session.objects.get().co_hosts == "ICLEI Africa"


def test_the_second_of_two_organisers_reads_the_tags_of_the_first_as_they_were_typed() -> None:
    session = make_session()
    client = organiser()
    client.post(f"/webinars/desk/{session.pk}/", typed_of(session, tags="Trial tag, other"))

    late = client.post(f"/webinars/desk/{session.pk}/", typed_of(session, tags="mine"))

    html = late.content.decode()
    assert late.status_code == 409 and 'value="mine"' in html
    assert "<li><bdi>Trial tag, other</bdi></li>" in html


def test_nothing_changed_is_nothing_told() -> None:
    session = make_session(speakers=[make_speaker("Engineer")])
    before = Fact.objects.count()

    answer = organiser().post(f"/webinars/desk/{session.pk}/", typed_of(session))

    assert answer.status_code == 302
    assert Fact.objects.filter(pk__gt=0).count() == before
    assert Session.objects.get().version == session.version


def test_the_second_of_two_organisers_reads_what_the_first_has_written_and_loses_nothing() -> None:
    session = make_session()
    first, second = organiser(), organiser()
    said = typed_of(session, title_en="Hers", version=session.version)
    first.post(f"/webinars/desk/{session.pk}/", typed_of(session, title_en="Theirs", time="11:00"))

    answer = second.post(f"/webinars/desk/{session.pk}/", said)
    html = answer.content.decode()

    assert answer.status_code == 409
    assert "Another organiser has changed this session" in html
    assert "Theirs" in html
    assert 'value="Hers"' in html
    assert Session.objects.get().title_en == "Theirs"  # type: ignore[attr-defined]
    now = Session.objects.get()
    assert f'name="version" value="{now.version}"' in html
    second.post(f"/webinars/desk/{session.pk}/", said | {"version": now.version})
    assert Session.objects.get().title_en == "Hers"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"title_en": "", "title_es": ""}, "title_en", "title in one language"),
        ({"day": "2030-03-10", "time": "02:30"}, "time", "Clocks jump over this time"),
        ({"timezone": "Mars/Olympus"}, "timezone", "Select a valid choice"),
        ({"minutes": "0"}, "minutes", "greater than or equal to 5"),
        ({"visibility": "programme"}, "programme", "Choose the programme"),
        ({"speakers-0-role": "", "speakers-0-name": "Ana"}, "", "in which role"),
        ({"co_hosts": "a" * 201}, "co_hosts", "at most 200"),
        ({"recording_consent_pt": "a" * 1_001}, "recording_consent_pt", "1000"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(told: dict[str, str], field: str, words: str) -> None:
    make_series()

    answer = organiser().post("/webinars/desk/new/", typed(series="frontline", abstract_fr="Nuits chaudes", **told))
    html = answer.content.decode()

    assert answer.status_code == 422
    assert words in html
    assert "Nuits chaudes" in html
    assert not field or field in answer.context["form"].errors
    assert not Session.objects.exists()


def test_what_people_have_registered_for_cannot_become_a_draft() -> None:
    session = make_open_session()
    make_registration(session)
    session.refresh_from_db()

    answer = organiser().post(f"/webinars/desk/{session.pk}/", typed_of(session, visibility="draft"))

    assert answer.status_code == 422
    assert "cancel it instead" in answer.content.decode()


def test_what_guests_have_registered_for_cannot_become_one_for_members() -> None:
    session = make_open_session()
    make_registration(session)
    session.refresh_from_db()

    answer = organiser().post(f"/webinars/desk/{session.pk}/", typed_of(session, visibility="members"))

    assert answer.status_code == 422
    assert "could not see this session any more" in str(answer.context["form"].errors["visibility"])
    assert Session.objects.get().visibility == Visibility.PUBLIC


def test_an_organiser_opens_registration_for_so_many_seats_and_closes_it() -> None:
    session = make_session()
    client = organiser()

    client.post(f"/webinars/desk/{session.pk}/", typed_of(session, takes_registrations="on", capacity="30"))
    now = Session.objects.get()
    assert (now.takes_registrations, now.capacity) == (True, 30)
    assert "Register" in Client().get(session.get_absolute_url()).content.decode()
    said = typed_of(now)
    del said["takes_registrations"]
    client.post(f"/webinars/desk/{session.pk}/", said)

    assert not Session.objects.get().takes_registrations


def test_a_session_is_cancelled_with_a_reason_and_restored() -> None:
    session = make_session()
    client = organiser()

    assert "everybody who has registered" in client.get(f"/webinars/desk/{session.pk}/cancel/").content.decode().lower()
    client.post(f"/webinars/desk/{session.pk}/cancel/", {"deed": "cancel", "reason": "The speaker is ill."})
    assert Session.objects.get().cancel_reason == "The speaker is ill."
    client.post(f"/webinars/desk/{session.pk}/cancel/", {"does": "restore"})

    assert Session.objects.get().cancelled_at is None


def test_sessions_at_once_are_shown() -> None:
    session = make_session("one")
    make_session("two", series=session.series, starts_local=session.starts_local)

    assert "At the same time" in organiser().get(f"/webinars/desk/{session.pk}/").content.decode()


def test_who_comes_is_listed_in_order_and_as_a_file_that_runs_no_formula() -> None:
    session = make_open_session()
    make_registration(session, "rosa@puno.example", name="=Rosa")
    make_registration(session, make_member("Ana", city=make_city("quito")))
    make_asking(session, "nobody@puno.example")
    client = organiser()

    html = client.get(f"/webinars/desk/{session.pk}/registrations/").content.decode()
    answer = client.get(f"/webinars/desk/{session.pk}/registrations.csv")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))

    assert "2 people" in html
    assert html.index("=Rosa") < html.index("Ana</span>")
    assert [(row["name"], row["email"]) for row in rows] == [("'=Rosa", "rosa@puno.example"), ("Ana", "")]
    assert answer["Content-Disposition"] == f'attachment; filename="{session.slug}.csv"'
    assert Client().get(f"/webinars/desk/{session.pk}/registrations.csv").status_code == 302


def test_the_list_of_who_comes_costs_the_same_queries_for_one_and_for_three(
    django_assert_max_num_queries: DjangoAssertNumQueries, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, session = organiser(), make_open_session()
    make_registration(session, make_member("Ana", city=make_city("quito")))
    with django_assert_max_num_queries(MOST_QUERIES) as first:
        client.get(f"/webinars/desk/{session.pk}/registrations/")
    for name in ("Cai", "Dan"):
        make_registration(session, make_member(name, city=make_city(name.lower())))

    with django_assert_num_queries(len(first)):
        assert "3 people" in client.get(f"/webinars/desk/{session.pk}/registrations/").content.decode()


def test_the_desk_costs_the_same_queries_with_one_session_and_with_three(
    django_assert_max_num_queries: DjangoAssertNumQueries, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = organiser()
    series = make_session("one").series
    with django_assert_max_num_queries(MOST_QUERIES) as first:
        client.get("/webinars/desk/")
    for number in range(2):
        make_session(f"more-{number}", series=series, visibility=Visibility.DRAFT)

    with django_assert_num_queries(len(first)):
        assert client.get("/webinars/desk/").content.decode().count('id="session-') == 3


def test_past_sessions_stand_apart() -> None:
    past = timezone.now() - timedelta(days=30)
    make_session("old", starts_local=past.strftime("%Y-%m-%dT08:00"), titles={"en": "Long ago"})
    client = organiser()

    assert "Long ago" not in client.get("/webinars/desk/").content.decode()
    assert "Long ago" in client.get("/webinars/desk/?when=past").content.decode()


def test_themes_and_tags_are_written_with_the_session_and_feeds_have_it_by_them(client: Client) -> None:
    heat, water, desk = make_theme("heat"), make_theme("water"), organiser()
    series = make_series()
    desk.post(
        "/webinars/desk/new/", typed(series=series.slug, visibility="public", themes=[heat.pk], tags="Shade, #trees")
    )
    session = Session.objects.get()
    address = f"/webinars/desk/{session.pk}/"

    assert session.themes == ["Shade", "trees"]
    assert "SUMMARY:Heat at night" in client.get("/calendar/theme/heat.ics").content.decode()
    assert "SUMMARY:Heat at night" in client.get("/calendar/tag/shade.ics").content.decode()
    page = desk.get(address).content.decode()
    assert 'value="Shade, trees"' in page and re.search(rf'name="themes" value="{heat.pk}"[^>]* checked', page)

    desk.post(address, typed_of(session, title_en="Heat at night", themes=[water.pk], tags="Shade"))
    now = Session.objects.get()
    assert (now.themes, [each.slug for each in now.priority_themes.all()]) == (["Shade"], ["water"])
    assert (now.version, now.sequence) == (session.version + 1, 0)
    assert "SUMMARY" not in client.get("/calendar/theme/heat.ics").content.decode()

    desk.post(address, typed_of(now, title_en="Heat at night", themes=[heat.pk], tags="Shade"))
    assert [each.slug for each in Session.objects.get().priority_themes.all()] == ["heat"], "themes alone are a change"


def test_a_new_session_begins_where_its_series_goes_on() -> None:
    series = make_series()
    last = make_session(series=series, starts_local="2030-03-07T08:30")

    form = organiser().get("/webinars/desk/new/?series=frontline").context["form"]

    assert form.initial["time"].isoformat("minutes") == "08:30"
    assert form.initial["day"].weekday() == last.starts_at.weekday()


def test_a_session_that_is_planned_on_a_day_that_is_over_says_so() -> None:
    make_series()

    page = organiser().post("/webinars/desk/new/", typed(series="frontline", day="2020-03-05"), follow=True)

    assert "This day is over: the session stands among the past ones." in page.content.decode()
