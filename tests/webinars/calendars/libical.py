"""Run by Debian's own Python, which has libical: a feed on standard input, what it understood on standard output."""

import json
import sys
from datetime import datetime, timezone

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib as ICal  # noqa: E402

calendar = ICal.Component.new_from_string(sys.stdin.buffer.read().decode())
faults = [calendar.count_errors()] if calendar.count_errors() else []
ICal.restriction_check(calendar)


def errors(component):
    error = component.get_first_property(ICal.PropertyKind.XLICERROR_PROPERTY)
    while error:
        yield error.get_xlicerror()
        error = component.get_next_property(ICal.PropertyKind.XLICERROR_PROPERTY)


def moment(time):
    return datetime.fromtimestamp(time.as_timet(), timezone.utc).isoformat()  # noqa: UP017


def events():
    event = calendar.get_first_component(ICal.ComponentKind.VEVENT_COMPONENT)
    while event:
        yield event
        event = calendar.get_next_component(ICal.ComponentKind.VEVENT_COMPONENT)


def told(event):
    times = [moment(event.get_dtstart()), moment(event.get_dtend())]
    return [event.get_uid(), *times, event.get_status().value_nick.upper(), event.get_summary()]


faults += errors(calendar)
for event in events():
    faults += errors(event)
print(json.dumps(faults or [told(event) for event in events()]))
sys.exit(3 if faults else 0)
