"""A year of sessions over every change of clocks, read by parsers that are not ours."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.factories.webinars import make_series, make_session
from tests.webinars.calendars.readers import HERE, NEEDS, READERS, Refused, Told
from webinars.actions import cancel_session, move_session, restore_session
from webinars.models import Session

pytestmark = pytest.mark.django_db
# New York, Paris, Santiago and São Paulo change their clocks on different days, or no more at all.
ZONES = ["America/New_York", "Europe/Paris", "America/Santiago", "America/Sao_Paulo", "Asia/Singapore"]
TITLES = ["Heat; shade, water\\tonight", "Qué hacer: ñandú, ¿sí?", "الحر ليلاً", '洪水 🌊 "quoted"', "A" + " long" * 30]
REFUSE_NONSENSE = ("icalendar", "vobject", "libical", "ical.js")


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if name in NEEDS and not NEEDS[name][0]():
        pytest.skip(f"{name} was not asked: it is not on this machine ({NEEDS[name][1]})")
    return name


def test_the_parsers_that_npm_brings_are_locked_with_all_that_they_need() -> None:
    """By version and content; where they come from is up to whoever fetches them."""
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    named = json.loads((HERE / "package.json").read_text())["dependencies"]

    brought = {path: each for path, each in locked.items() if path}
    assert {each: locked[f"node_modules/{each}"]["version"] for each in named} == named
    assert [path for path, each in brought.items() if "resolved" in each or "sha512-" not in each["integrity"]] == []
    assert {need for each in brought.values() for need in each.get("dependencies", ())} <= {
        path.rpartition("node_modules/")[2] for path in brought
    }


def plan_a_year() -> None:
    for zone in ZONES:
        series = make_series(zone.rpartition("/")[2].lower(), timezone=zone)
        first = datetime(2026, 1, 8, 8, 30)
        for week in range(0, 52, 2):
            local = (first + timedelta(weeks=week)).isoformat(timespec="minutes")
            title = TITLES[week // 2 % len(TITLES)]
            make_session(f"week-{week}", series=series, titles={"en": title}, starts_local=local, timezone=zone)
    some = list(Session.objects.order_by("pk"))
    for session in some[::7]:
        cancel_session(session.pk, reason="The speaker is ill.")
    for session in some[::14]:
        restore_session(session.pk)
    for session in some[3::5]:
        move_session(session.pk, starts_local="2026-10-25T02:30")


def expected() -> set[Told]:
    return {
        Told(
            str(session.uid),
            session.starts_at.astimezone(UTC),
            session.ends_at.astimezone(UTC),
            "CANCELLED" if session.cancelled_at else "CONFIRMED",
            f"Cancelled: {session.title_en}" if session.cancelled_at else session.title_en,
        )
        for session in Session.objects.all()
    }


def test_every_reader_understands_every_session_as_the_database_has_it(client: Client, reader: str) -> None:
    plan_a_year()

    told = READERS[reader](client.get("/calendar/all.ics?past=all").content)

    assert len(told) == 26 * len(ZONES)
    assert told == expected()


def test_what_a_reader_accepts_means_something(reader: str) -> None:
    broken = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "METHOD:PUBLISH",
        "BEGIN:VEVENT", "UID:1", "DTSTART:2026-13-99", "SEQUENCE:one", "SUMMARY:No stamp, no organiser",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip

    if reader not in REFUSE_NONSENSE:
        pytest.skip(f"{reader} reads whatever it is given, so it is asked for what it understood only")
    with pytest.raises((Refused, ValueError, KeyError)):
        READERS[reader]("\r\n".join(broken).encode())
