"""A session as an invitation to one person (iTIP, RFC 5546; by mail, RFC 6047).

Outlook, Gmail and Apple Mail show it, move it and take it away by UID, SEQUENCE and METHOD, which are the same as in
the feeds; ORGANIZER is whom the mail comes from, or they refuse it.
"""

from datetime import datetime

from django.conf import settings
from django.utils.translation import pgettext
from icalendar import Calendar, Event, vCalAddress

from i18n.texts import said
from webinars.attendees import Attendee
from webinars.calendars import PRODID, conference_terms, describe, fit, organizer, summary
from webinars.models import Session

REQUEST, CANCEL = "REQUEST", "CANCEL"


def invitation(session: Session, attendee: Attendee, *, door: str, method: str, at: datetime) -> str:
    """In the attendee's language, which is the active one.

    Params: door, the address by which she joins; method, REQUEST or CANCEL; at, now (DTSTAMP).
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(session, attendee, door=door, is_over=method == CANCEL, at=at))
    lines: bytes = calendar.to_ical()
    return lines.decode()


def _event(session: Session, attendee: Attendee, *, door: str, is_over: bool, at: datetime) -> Event:
    page = f"{settings.PUBLIC_ORIGIN}{session.get_absolute_url()}"
    event = Event()
    event.add("uid", str(session.uid))
    event.add("dtstamp", at)
    event.add("sequence", session.sequence)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", _title(session, attendee) if is_over else summary(session, attendee.language))
    event.add("description", describe(session, attendee.language, door))
    event.add("location", door)
    event.add("url", page)
    event.add("conference", door, parameters=conference_terms())
    event.add("organizer", organizer(session, attendee.language))
    event.add("attendee", _attendee(attendee))
    # RFC 5546 leaves STATUS out where one of many is uninvited; Google and Exchange say it, and readers wait for it.
    event.add("status", "CANCELLED" if is_over else "CONFIRMED")
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT" if is_over else "OPAQUE")
    return event


def _title(session: Session, attendee: Attendee) -> str:
    title = fit(said(session, "title", attendee.language).text)
    return pgettext("title of a session in a calendar", "Cancelled: %(title)s") % {"title": title}


def _attendee(attendee: Attendee) -> vCalAddress:
    """Accepted already: she has said that she comes, and nobody reads answers."""
    address = vCalAddress(f"mailto:{attendee.email}")
    address.params["CN"] = fit(attendee.name).replace('"', "'") or attendee.email
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "ACCEPTED"
    address.params["RSVP"] = "FALSE"
    return address
