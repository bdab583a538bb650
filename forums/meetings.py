"""The meeting of an exchange as iCalendar (RFC 5545), for the calendars of the cities between which it is held."""

from datetime import UTC, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress

from community.mail.links import bare_address
from forums.models import Exchange
from i18n.languages import DEFAULT

LENGTH = timedelta(hours=1)  # nobody says how long they will talk
PRODID = "-//Frontline//Meetings of cities//EN"


def meeting_file(exchange: Exchange) -> bytes:
    """A calendar of this one meeting, which has a time."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(exchange))
    return bytes(calendar.to_ical())


def meeting_event(exchange: Exchange) -> str:
    """Its VEVENT alone, for a calendar that holds more. Links are in the active language."""
    return str(_event(exchange).to_ical().decode())


def _event(exchange: Exchange) -> Event:
    if exchange.meeting_at is None:
        raise ValueError(f"exchange {exchange.pk} has no meeting")
    page = f"{settings.PUBLIC_ORIGIN}{reverse('forums:exchange', args=[exchange.pk, exchange.slug])}"
    starts_at, changed_at = exchange.meeting_at.astimezone(UTC), exchange.moved_at.astimezone(UTC)
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, _name(exchange))))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", exchange.moves)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + LENGTH)
    event.add("summary", exchange.title)
    event.add("description", "\n\n".join(line for line in (exchange.meeting_link, page) if line))
    event.add("location", exchange.meeting_link or page)
    event.add("url", page)
    event.add("organizer", _ours())
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _name(exchange: Exchange) -> str:
    """For good, in whichever language it is read."""
    with override(DEFAULT):
        return f"{settings.PUBLIC_ORIGIN}{reverse('forums:meeting', args=[exchange.pk])}"


def _ours() -> vCalAddress:
    """RFC 5546 wants one in whatever is published: the address that our mails come from."""
    organizer = vCalAddress(f"mailto:{bare_address(settings.MAIL_FROM)}")
    organizer.params["CN"] = settings.SITE_NAME
    return organizer
