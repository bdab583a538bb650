"""Organisers begin and describe series at the desk."""

import re
from datetime import date
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from community.facts.models import Fact
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_forum
from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_open_session, make_registration, make_series, make_session, make_speaker
from tests.webinars.desk import organiser, typed
from webinars.actions import send_speaker_link
from webinars.models import Series, Session

pytestmark = pytest.mark.django_db


def typed_series(**told: Any) -> dict[str, Any]:
    """The form of a series as an organiser fills it in."""
    return {
        "title_en": "Heat hours",
        "title_pt": "Horas de calor",
        "description_en": "An hour on heat.",
        "timezone": "America/Sao_Paulo",
        "minutes": "45",
        "languages": ["en", "pt"],
        "organisers": "Resilient Cities Network\n\nWorld Bank\n",
        "supporters": "",
    } | told


def test_an_organiser_begins_a_series_and_its_sessions_begin_as_is_usual_in_it() -> None:
    forum = make_forum("after-sessions")
    bo = organiser()

    made = bo.post("/webinars/desk/series/new/", typed_series(forum="after-sessions"))

    series = Series.objects.get()
    assert made["Location"] == "/webinars/desk/?series=heat-hours"
    assert (series.slug, series.timezone, series.usual_minutes) == ("heat-hours", "America/Sao_Paulo", 45)
    assert (series.organisers, series.forum) == (["Resilient Cities Network", "World Bank"], forum)
    assert "Horas de calor" in Client().get("/pt/webinars/heat-hours/").content.decode()
    new = bo.get("/webinars/desk/new/?series=heat-hours").content.decode()
    assert '<option value="America/Sao_Paulo" selected>' in new


def test_new_sessions_begin_on_the_usual_weekday_and_at_the_usual_time_of_their_series() -> None:
    bo = organiser()
    bo.post("/webinars/desk/series/new/", typed_series(weekday="4", time="18:30"))
    make_session(series=Series.objects.get(), starts_local="2025-03-04T08:00", timezone="America/Lima")  # a Tuesday

    for page in ("new/?series=heat-hours", "repeat/?series=heat-hours"):
        html = bo.get(f"/webinars/desk/{page}").content.decode()
        [day] = re.findall(r'name="day" value="([\d-]+)"', html)
        assert date.fromisoformat(day).isoweekday() == 4
        assert 'name="time" value="18:30"' in html
    described = bo.get("/webinars/desk/series/heat-hours/").content.decode()
    assert '<option value="4" selected>Thursday</option>' in described and 'name="time" value="18:30"' in described


def test_a_session_whose_time_is_not_announced_takes_the_usual_one_and_says_so_until_it_is() -> None:
    make_series("heat-hours", timezone="America/Sao_Paulo", usual_time="18:30")
    bo = organiser()
    said = typed(series="heat-hours", time="", timezone="America/Sao_Paulo", visibility="public")

    bo.post("/webinars/desk/new/", said)

    session = Session.objects.get()
    assert (session.starts_local, session.is_time_assumed) == ("2030-03-07T18:30", True)
    page = Client().get(session.get_absolute_url()).content.decode()
    assert "the usual one of the series is assumed, 18:30 (Sao Paulo)." in page and "Estimated time" in page
    Series.objects.update(usual_time="20:00")
    form = bo.get(f"/webinars/desk/{session.pk}/").content.decode()
    assert 'name="time" value=""' in form and "18:30 is taken, and said to be assumed." in form

    bo.post(f"/webinars/desk/{session.pk}/", said | {"version": session.version, "title_en": "Cooler nights"})
    session.refresh_from_db()
    assert (session.starts_local, session.is_time_assumed, session.sequence) == ("2030-03-07T18:30", True, 0)

    bo.post(f"/webinars/desk/{session.pk}/", said | {"version": session.version, "time": "18:30"})
    session.refresh_from_db()
    assert (session.is_time_assumed, session.sequence) == (False, 0)
    assert "assumed" not in Client().get(session.get_absolute_url()).content.decode()


def test_an_assumed_time_is_named_to_who_was_slower() -> None:
    make_series("heat-hours", usual_time="18:30", timezone="UTC")
    bo, said = organiser(), typed(series="heat-hours", time="", timezone="UTC")
    bo.post("/webinars/desk/new/", said)
    session = Session.objects.get()
    bo.post(f"/webinars/desk/{session.pk}/", said | {"version": 1, "title_en": "Hers"})

    answer = bo.post(f"/webinars/desk/{session.pk}/", said | {"version": 1, "title_en": "Mine"})

    assert answer.status_code == 409 and "<li>2030-03-07 18:30 UTC</li>" in answer.content.decode()


def test_where_a_series_has_no_usual_time_one_has_to_be_given() -> None:
    make_series("heat-hours")

    answer = organiser().post("/webinars/desk/new/", typed(series="heat-hours", time=""))

    assert answer.status_code == 422 and not Session.objects.exists()


def test_a_series_without_a_title_is_refused_beside_the_field_and_nothing_typed_is_lost() -> None:
    answer = organiser().post("/webinars/desk/series/new/", typed_series(title_en="", title_pt=""))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Give it a title in one language at least." in html and "An hour on heat." in html
    assert not Series.objects.exists()


@pytest.mark.parametrize("title", ["Desk", "Registration", "Frontline"])
def test_no_series_takes_the_address_of_another_page(title: str) -> None:
    make_series("frontline")

    organiser().post("/webinars/desk/series/new/", typed_series(title_en=title))

    assert Series.objects.latest("pk").slug == f"{title.lower()}-2"


def test_two_organisers_at_one_series_overwrite_nothing_blindly() -> None:
    series, bo = make_series(), organiser()
    bo.post("/webinars/desk/series/frontline/", typed_series(version=1, title_en="Hers", weekday="4", time="18:30"))

    answer = bo.post("/webinars/desk/series/frontline/", typed_series(version=1, title_en="Mine"))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Another organiser has changed this series" in html
    assert "Thursday 18:30 America/Sao_Paulo · 45" in html
    assert "Hers: An hour on heat." in html and 'value="Mine"' in html and 'name="version" value="2"' in html
    series.refresh_from_db()
    assert (series.title_en, series.slug) == ("Hers", "frontline")  # type: ignore[attr-defined]
    assert bo.post("/webinars/desk/series/frontline/", typed_series(version=2, title_en="Mine")).status_code == 302


def test_a_series_that_says_the_same_again_tells_nobody() -> None:
    make_series()
    bo = organiser()
    bo.post("/webinars/desk/series/frontline/", typed_series(version=1))
    told = Fact.objects.count()

    bo.post("/webinars/desk/series/frontline/", typed_series(version=2))

    assert Fact.objects.count() == told


def test_what_speakers_should_know_stands_in_the_mail_with_their_link_and_above_their_entry(client: Client) -> None:
    note = {
        "speaker_note_en": "Ten minutes each.\n\nThe room opens early.",
        "speaker_note_es": "Diez minutos <b>cada uno</b>.",
    }
    organiser().post("/webinars/desk/series/new/", typed_series(**note))
    session = make_session(series=Series.objects.get(), speakers=[make_speaker(name="Sol")])

    said = {}
    for language in ("es", "fr"):
        token = send_speaker_link(
            session.speakers.get(), email="s@x.example", language=language, by=make_organiser("Eli")
        )
        deliver_all()
        page = client.get(f"/{language}/webinars/speaker/{token}/").content.decode()
        said[language] = (page, outbox.outbox[-1].body)

    assert (
        "Diez minutos &lt;b&gt;cada uno&lt;/b&gt;." in said["es"][0]
        and "Diez minutos <b>cada uno</b>." in said["es"][1]
    )
    assert '<div class="stack" lang="en" dir="auto"><p>Ten minutes each.</p>' in said["fr"][0], "the original one"
    assert "Ten minutes each.\n\nThe room opens early." in said["fr"][1]
    assert "Ten minutes" not in client.get("/webinars/heat-hours/").content.decode(), "it is for who speaks"


def test_who_speaks_in_a_series_that_says_nothing_finds_no_empty_box(client: Client) -> None:
    session = make_session(speakers=[make_speaker(name="Sol")])
    token = send_speaker_link(session.speakers.get(), email="s@x.example", language="en", by=make_organiser("Eli"))

    assert "What to know beforehand" not in client.get(f"/webinars/speaker/{token}/").content.decode()
    deliver_all()
    assert "The organisers write" not in outbox.outbox[-1].body


@pytest.mark.parametrize(
    ("ticked", "reminded", "says_so"),
    [({"reminds_hour": "on"}, (False, True), True), ({}, (False, False), False)],
)
def test_who_registers_is_reminded_as_is_usual_in_the_series(
    ticked: dict[str, str], reminded: tuple[bool, bool], says_so: bool
) -> None:
    bo, before = organiser(), make_registration(make_open_session())
    assert "checked" in bo.get("/webinars/desk/series/frontline/").content.decode().split('name="reminds_day"')[1][:200]

    bo.post("/webinars/desk/series/frontline/", typed_series(version=1, **ticked))
    session = make_open_session("waste")
    guest, member = make_registration(session), make_registration(session, make_member("Ana"))
    deliver_all()

    for each in (guest, member):
        each.refresh_from_db()
        assert (each.reminds_day, each.reminds_hour) == reminded
        letter = next(
            letter for letter in outbox.outbox if "Waste" in letter.subject and "registered" in letter.subject
        )
        assert ("We remind you" in letter.body) is says_so
    before.refresh_from_db()
    assert (before.reminds_day, before.reminds_hour) == (True, True), "who had registered keeps what she was told"


def test_another_organiser_reads_what_was_written_for_speakers_before_she_overwrites_it() -> None:
    make_series()
    bo = organiser()
    bo.post("/webinars/desk/series/frontline/", typed_series(version=1, speaker_note_en="Bring slides."))

    answer = bo.post("/webinars/desk/series/frontline/", typed_series(version=1))

    assert answer.status_code == 409 and "Bring slides." in answer.content.decode()
