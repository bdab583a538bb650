"""Who somebody registered is, whether she has an account or not."""

from dataclasses import dataclass

from community.mail.links import absolute
from webinars.keys import calendar_key, join_key, own_key
from webinars.models import Registration


@dataclass(frozen=True)
class Attendee:
    name: str
    email: str
    language: str
    timezone: str  # IANA


def attendee_of(registration: Registration) -> Attendee | None:
    """Needs `member`. None for a suspended member: nobody writes to her."""
    member = registration.member
    if member is None:
        return Attendee(registration.name, registration.email, registration.language, registration.timezone)
    return Attendee(member.name, member.email, member.language, member.timezone) if member.is_active else None


def own_page(registration: Registration, *, language: str) -> str:
    """The whole address of the page where she changes it: a member's is the session's. Needs `session__series`."""
    if registration.member_id is not None:
        session = registration.session
        return absolute("webinars:session", session.series.slug, session.slug, language=language)
    key = own_key(registration.pk, registration.link_number)
    return absolute("webinars:registration", key, language=language)


def own_calendar(registration: Registration, *, language: str) -> str:
    """The whole address of her own calendar file of this session."""
    return absolute("calendar:registration", calendar_key(registration.pk, registration.link_number), language=language)


def own_door(registration: Registration, *, language: str) -> str:
    """The whole address by which she joins. Needs `session__series`."""
    if registration.member_id is not None:
        session = registration.session
        return absolute("webinars:join", session.series.slug, session.slug, language=language)
    key = join_key(registration.pk, registration.link_number)
    return absolute("webinars:join-by-link", key, language=language)
