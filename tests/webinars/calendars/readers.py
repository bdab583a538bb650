"""Other people's parsers. Each tells what it understood of a feed: (uid, start, end, status, title) of every event."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import vobject

HERE = Path(__file__).parent
NODE_MODULES = Path(__file__).resolve().parents[3] / ".node" / "node_modules"


@dataclass(frozen=True, order=True)
class Told:
    uid: str
    starts_at: datetime
    ends_at: datetime
    status: str
    title: str


class Refused(Exception):
    """The parser says what is wrong with it."""


def by_icalendar(feed: bytes) -> set[Told]:
    calendar = icalendar.Calendar.from_ical(feed)
    if calendar.errors or any(event.errors for event in calendar.walk("VEVENT")):
        raise Refused
    return {_of_icalendar(event) for event in calendar.walk("VEVENT")}


def _of_icalendar(event: Any) -> Told:
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    return Told(str(event["UID"]), _utc(start), _utc(end), str(event["STATUS"]), str(event["SUMMARY"]))


def by_vobject(feed: bytes) -> set[Told]:
    try:
        calendar = vobject.readOne(feed.decode())
        for event in calendar.contents.get("vevent", []):
            event.validate(raiseException=True)
    except (vobject.base.ParseError, vobject.base.ValidateError) as error:
        raise Refused from error
    return {
        Told(
            event.uid.value,
            _utc(event.dtstart.value),
            _utc(event.dtend.value),
            event.status.value,
            event.summary.value,
        )
        for event in calendar.contents.get("vevent", [])
    }


def by_libical(feed: bytes) -> set[Told]:
    """Evolution's library, with its check of RFC 5546: the strictest there is."""
    return _by_program(["/usr/bin/python3", str(HERE / "libical.py")], feed)


def by_ical_js(feed: bytes) -> set[Told]:
    """Thunderbird's and Nextcloud's."""
    return _by_program(["node", str(HERE / "ical-js.mjs"), str(NODE_MODULES)], feed)


def by_node_ical(feed: bytes) -> set[Told]:
    return _by_program(["node", str(HERE / "node-ical.cjs"), str(NODE_MODULES)], feed)


def _by_program(command: list[str], feed: bytes) -> set[Told]:
    done = subprocess.run(command, input=feed, capture_output=True, timeout=60)
    if done.returncode == 3:
        raise Refused(done.stdout.decode())
    assert done.returncode == 0, done.stderr.decode()
    return {
        Told(uid, _utc(datetime.fromisoformat(start)), _utc(datetime.fromisoformat(end)), status, title)
        for uid, start, end, status, title in json.loads(done.stdout)
    }


def _utc(moment: datetime) -> datetime:
    assert moment.tzinfo, "a time that floats"
    return moment.astimezone(UTC)


def has_libical() -> bool:
    try:
        asked = "import gi; gi.require_version('ICalGLib', '3.0')"
        done = subprocess.run(["/usr/bin/python3", "-c", asked], capture_output=True, timeout=60)
    except OSError:
        return False
    return done.returncode == 0


def has_node(package: str) -> bool:
    return shutil.which("node") is not None and (NODE_MODULES / package).is_dir()


READERS = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "libical": by_libical,
    "ical.js": by_ical_js,
    "node-ical": by_node_ical,
}
# What has to be on the machine beside Python's packages, and what is typed to bring it.
NEEDS = {
    "libical": (has_libical, "apt-get install gir1.2-ical-3.0 python3-gi"),
    "ical.js": (lambda: has_node("ical.js"), "make peers"),
    "node-ical": (lambda: has_node("node-ical"), "make peers"),
}
