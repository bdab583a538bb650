# ruff: noqa: E402 - models can be imported only once Django stands
"""Fills an empty schedule: `python -m benchmarks.sessions SESSIONS`. Then `… move` gives one of them another time.

`… build` prints, as JSON, the CPU milliseconds that a first build of the whole feed costs, with nothing kept, and
what icalendar alone costs to write its events, once they are read.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as said
from icalendar import Calendar

from tests.factories.members import make_city
from tests.factories.webinars import make_series, make_session, make_speaker
from webinars.actions import move_session
from webinars.calendars import calendar, vevent
from webinars.feeds import feed_for
from webinars.models import Session

ABSTRACT = "Two cities kept libraries and school halls open until two in the morning. " * 4


def fill(count: int) -> None:
    city, series = make_city(), make_series()
    first = timezone.now() - timedelta(days=30)
    for number in range(count):
        make_session(
            f"session-{number}", series=series, titles={"en": f"Session {number}"}, abstracts={"en": ABSTRACT},
            starts_at=first + timedelta(hours=12 * number), themes=("heat", "floods"),
            speakers=(make_speaker(city_id=city.pk), make_speaker("Head of drainage", place="Elsewhere")),
        )  # fmt: skip


def move() -> None:
    session = Session.objects.order_by("pk")[7]
    local = datetime.fromisoformat(session.starts_local) + timedelta(minutes=1)
    move_session(session.pk, starts_local=local.isoformat(timespec="minutes"))


def build() -> dict[str, float]:
    reverse("webinars:index")  # a server has read its addresses and texts before anybody asks for a feed
    said("Join the session")
    began = time.process_time()
    found = feed_for("all", "", now=datetime.now(UTC), with_all_past=True)
    events = [vevent(session, "en", "") for session in found.sessions]
    body = calendar(name="All", description="", page="http://x/", address="http://x/", events=events)
    built = time.process_time()
    again = Calendar.from_ical(body)
    parsed = time.process_time()
    again.to_ical()
    return {"first_ms": (built - began) * 1000, "plain_ms": (time.process_time() - parsed) * 1000}


if __name__ == "__main__":
    match sys.argv[1]:
        case "move":
            move()
        case "build":
            print(json.dumps(build()))
        case count:
            fill(int(count))
