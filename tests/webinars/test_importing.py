"""Calendar files that others made become drafts, shown before; twice they make no twins."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.community.text.corpora import CORPORA
from tests.factories.webinars import make_series
from tests.webinars.desk import organiser
from webinars.choices import Visibility
from webinars.importing import Understood, Unreadable, read_calendar
from webinars.models import Session

FILES = sorted((CORPORA / "ical").glob("*.ics"))
ADDRESS = "/webinars/desk/import/"
GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
BEGIN:VEVENT
DTSTART;TZID=America/New_York:20300307T080000
DTEND;TZID=America/New_York:20300307T091500
UID:abc@google.com
SUMMARY:Heat at night\\, and what it costs
DESCRIPTION:Wardens tell.\\nBring questions.
LOCATION:https://meet.example/abc
END:VEVENT
BEGIN:VEVENT
DTSTART:20300314T130000Z
DURATION:PT45M
UID:def@google.com
SUMMARY:Drains
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20300320
UID:day@google.com
SUMMARY:Earth day
END:VEVENT
BEGIN:VEVENT
DTSTART:20300321T130000
UID:floating@google.com
SUMMARY:Floating
END:VEVENT
BEGIN:VEVENT
DTSTART:20300322T130000Z
UID:off@google.com
SUMMARY:Off
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


HEAT = """BEGIN:VEVENT
DTSTART:20300314T130000Z
DURATION:PT45M
UID:one@zoom.example
SUMMARY:Heat
%s
END:VEVENT
END:VCALENDAR
"""


def read(text: str, known: tuple[str, ...] = ()) -> list[Understood]:
    return read_calendar(text, usual_zone="America/Bogota", usual_minutes=60, known=known)


def test_an_event_keeps_its_title_text_zone_and_length() -> None:
    first = read(GOOGLE)[0]

    assert (first.title, first.abstract) == ("Heat at night, and what it costs", "Wardens tell.\nBring questions.")
    assert (first.starts_local, first.timezone, first.minutes) == ("2030-03-07T08:00", "America/New_York", 75)
    assert (first.link, first.notes) == ("https://meet.example/abc", ())


@pytest.mark.parametrize(
    ("lines", "link", "is_left"),
    [
        ("LOCATION:https://zoom.example/j/1?pwd=x", "https://zoom.example/j/1?pwd=x", False),
        ("CONFERENCE;VALUE=URI:https://meet.example/a\nLOCATION:Hall 3", "https://meet.example/a", True),
        ("X-GOOGLE-CONFERENCE:https://meet.example/b", "https://meet.example/b", False),
        ("CONFERENCE;VALUE=URI:tel:+541143\nLOCATION:https://meet.example/c", "https://meet.example/c", False),
        ("LOCATION:http://meet.example/plain", "", True),
        ("LOCATION:Hall 3\\, Quito", "", True),
        ("LOCATION:javascript:alert(1)", "", True),
        ("LOCATION:https://meet.example/" + "x" * 500, "", True),
        ("URL:https://city.example/heat", "", True),
    ],
)
def test_the_link_to_its_room_comes_along_where_one_is_named(lines: str, link: str, is_left: bool) -> None:
    [event] = read(GOOGLE.split("BEGIN:VEVENT")[0] + HEAT % lines)

    assert event.link == link
    assert (event.notes == ("Its place or link is left behind.",)) is is_left
    plan = event.plan(slug="heat", language="en", spoken=("en",))
    assert (plan.room.link if plan.room else "") == link
    assert link == "" or link not in repr(event) + repr(plan)


def test_an_instant_is_said_in_the_zone_of_the_series() -> None:
    drains = read(GOOGLE)[1]

    assert (drains.starts_local, drains.timezone, drains.minutes) == ("2030-03-14T08:00", "America/Bogota", 45)
    assert drains.notes == ("It comes again: only this date is taken.",)


@pytest.mark.parametrize("start", ["DTSTART;TZID=America/New_York:20300310T023000", "DTSTART:20300310T023000"])
def test_a_time_that_clocks_jump_over_is_meant_by_the_offset_before_they_do(start: str) -> None:
    text = GOOGLE.replace("DTSTART;TZID=America/New_York:20300307T080000", start).replace("DTEND;", "X-END;")

    first = read_calendar(text, usual_zone="America/New_York", usual_minutes=60, known=())[0]

    assert (first.starts_local, first.timezone) == ("2030-03-10T03:30", "America/New_York")


def test_a_zone_that_nobody_knows_an_end_that_nobody_reads_and_a_missing_uid_are_named() -> None:
    lines = "DTSTART;TZID=Flat Earth/Rim:20300321T130000\nDTEND:20300320T130000Z\nSUMMARY:Rim"

    [event] = read(GOOGLE.split("BEGIN:VEVENT")[0] + f"BEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")

    assert event.notes == (
        "Its time zone, “Flat Earth/Rim”, is not known: the usual one of the series is taken.",
        "Its end cannot be read: the usual length is taken.",
        "It has no UID: brought a second time, it becomes a second session.",
    )


def test_what_becomes_no_session_says_why() -> None:
    _, _, day, floating, off = read(GOOGLE)

    assert day.why_not == "It is all day: a session begins at an hour."
    assert off.why_not == "It is cancelled."
    assert not floating.why_not
    assert floating.notes == (
        "It names no time zone: the usual one of the series is taken.",
        "It says no end: the usual length is taken.",
    )


def test_what_has_a_session_and_what_stands_there_twice_is_not_taken_again() -> None:
    there = "There is a session of it already."

    assert read(GOOGLE, known=("abc@google.com",))[0].why_not == there
    twice = GOOGLE.replace("def@google.com", "abc@google.com")
    assert [each.why_not for each in read(twice)[:2]] == ["", there]


MANY = "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n" * 201 + "END:VCALENDAR\n"
REFUSED = {
    "a letter": ("Dear all, see you on Thursday.", "This is no calendar file"),
    "empty": ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "There is no event in it"),
    "large": ("BEGIN:VCALENDAR\n" + "X" * 600_000, "too large"),
    "many": (MANY, "more than 200 events"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_calendar_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(text)


@pytest.mark.skipif(not FILES, reason="the corpora of calendar files are not beside this clone")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem[-60:])
def test_whatever_others_write_is_understood_or_refused(file: Path) -> None:
    try:
        found = read(file.read_text("utf-8", "replace"))
    except Unreadable:
        return
    for each in found:
        if not each.why_not:
            plan = each.plan(slug="x", language="en", spoken=["en"])
            assert each.title
            assert plan.ends_at > plan.starts_at


def brought(**told: Any) -> dict[str, Any]:
    return {"series": "frontline", "language": "en", "text": GOOGLE} | told


@pytest.mark.django_db
def test_a_file_is_shown_first_and_then_makes_drafts_once() -> None:
    make_series(timezone="America/Bogota", languages=("en", "es"))
    bo = organiser()
    file = SimpleUploadedFile("feed.ics", GOOGLE.encode(), "text/calendar")

    shown = bo.post(ADDRESS, brought(text="", file=file)).content.decode()
    assert "5 events" in shown and "Make 3 drafts" in shown and "It is cancelled." in shown
    assert "UID:abc@google.com" in shown  # to be sent again
    assert not Session.objects.exists()

    made = bo.post(ADDRESS, brought(deed="plan"))
    again = bo.post(ADDRESS, brought(deed="plan"))

    assert made["Location"] == "/webinars/desk/?series=frontline"
    assert "Nothing of it becomes a session." in again.content.decode()
    drafts = Session.objects.order_by("starts_at")
    assert [each.slug for each in drafts] == ["heat-at-night-and-what-it-costs", "drains", "floating"]
    assert {each.visibility for each in drafts} == {Visibility.DRAFT}
    assert (drafts[0].languages, drafts[0].imported_uid) == (["en", "es"], "abc@google.com")


@pytest.mark.django_db
def test_what_was_pasted_wrongly_is_not_lost() -> None:
    make_series()

    answer = organiser().post(ADDRESS, brought(text="Dear all"))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This is no calendar file that can be read." in html and "Dear all" in html


@pytest.mark.django_db
def test_nothing_brought_is_said_beside_the_field() -> None:
    make_series()

    assert "Choose a file, or paste" in organiser().post(ADDRESS, brought(text=" ")).content.decode()
