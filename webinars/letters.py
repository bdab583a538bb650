"""What we write to somebody about her registration, in her language and her time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import pgettext

from community.mail.actions import write_mail
from community.mail.composing import Composed, compose
from community.mail.links import absolute
from i18n.languages import known
from i18n.texts import Said, said
from i18n.times import meeting_in_words
from i18n.zones import zone
from webinars.attendees import Attendee, attendee_of, own_door, own_page
from webinars.invitations import invitation
from webinars.keys import confirm_key
from webinars.models import Former, Registration, Session
from webinars.plans import Texts
from webinars.words import before_in_words, standing_in_words, text_in

KIND = "session"  # of the templates


@dataclass(frozen=True)
class Words:
    """Params: button, what its link does; link, where it leads if not to her own page; last, below it."""

    subject: str
    text: str
    button: str = ""
    link: str = ""
    last: str = ""


Letter = Callable[[Registration, Attendee], Words]


def write_to(
    registration: Registration,
    letter: Letter,
    *,
    method: str = "",
    notes: Iterable[Texts] = (),
    former: Former | None = None,
) -> None:
    """Inside an action. Needs `session__series` and `member`. Nothing for a suspended member.

    Params: method, where her calendar shall take the session in (REQUEST) or out (CANCEL); notes, texts of
    organisers by language; former, what she was told of the session before.
    """
    attendee = attendee_of(registration)
    if attendee is None:
        return
    session = registration.session
    with translation.override(attendee.language), timezone.override(zone(attendee.timezone)):
        link = own_page(registration, language=attendee.language)
        said_by_organisers = [text_in(note, attendee.language, session) for note in notes]
        context = _context(registration, attendee, letter, link=link, notes=said_by_organisers, former=former)
        door = own_door(registration, language=attendee.language)
        calendar = invitation(session, attendee, door=door, method=method, at=timezone.now()) if method else ""
    write_mail(to=attendee.email, language=attendee.language, kind=KIND, context=context, calendar=calendar)


def preview(registration: Registration, letter: Letter, *, notes: Texts, former: Former | None = None) -> Composed:
    """The mail as it would go to her, but for her own link: that is hers alone, and the session's stands there.

    Needs `session__series` and `member`. Params: notes, of an organiser. Raises: ValueError for a suspended member.
    """
    attendee = attendee_of(registration)
    if attendee is None:
        raise ValueError("nobody writes to her")
    with translation.override(attendee.language), timezone.override(zone(attendee.timezone)):
        link = _page_of(registration.session, attendee)
        note = text_in(notes, attendee.language, registration.session)
        context = _context(registration, attendee, letter, link=link, notes=[note] if note.text else [], former=former)
    return compose(to="", language=known(attendee.language), kind=KIND, context=context)


def _context(
    registration: Registration,
    attendee: Attendee,
    letter: Letter,
    *,
    link: str,
    notes: list[Said],
    former: Former | None,
) -> dict[str, Any]:
    """In her language and her zone, which are the active ones."""
    session = registration.session
    words = letter(registration, attendee)
    title = said(session, "title", attendee.language)
    return {
        "name": attendee.name,
        "subject": words.subject % {"title": title.text},
        "text": words.text,
        "notes": notes,
        "title": title,
        "when": meeting_in_words(session.starts_at),
        "before": before_in_words(former, session, attendee.language),
        "page": _page_of(session, attendee),
        "button": words.button or pgettext("mail about a session: button", "Your registration"),
        "link": words.link or link,
        "last": words.last,
    }


def confirm_address(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Confirm your registration: %(title)s"),
        text=pgettext(
            "mail about a session",
            "Somebody wants to attend this session under this address. If it was you, confirm it.",
        ),
        button=pgettext("mail about a session: button", "Confirm"),
        link=absolute("webinars:confirm", confirm_key(registration.pk), language=attendee.language),
        last=pgettext("mail about a session", "If you did not ask for this, do nothing: we forget it in three days."),
    )


def nothing_new(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "You have asked already: %(title)s"),
        text=pgettext("mail about a session", "You asked once more to attend this session; nothing has changed."),
        last=standing_in_words(registration),
    )


def registered(registration: Registration, attendee: Attendee) -> Words:
    text = pgettext("mail about a session", "You are registered for this session.")
    if registration.reminds_day or registration.reminds_hour:
        text = pgettext("mail about a session", "You are registered for this session. We remind you before it begins.")
    return Words(
        subject=pgettext("mail about a session: subject", "You are registered: %(title)s"),
        text=text,
        last=pgettext(
            "mail about a session", "You cannot come? Say so there, so that somebody else can have your seat."
        ),
    )


def requested(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "We have your request: %(title)s"),
        text=pgettext(
            "mail about a session",
            "The organisers of this session decide who comes. They have your request; you have no seat yet.",
        ),
        last=pgettext("mail about a session", "As soon as they have decided, we write to you."),
    )


def declined(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Your request was declined: %(title)s"),
        text=pgettext("mail about a session", "The organisers of this session have declined your request to come."),
        button=pgettext("mail about a session: button", "Open the session"),
        link=_page_of(registration.session, attendee),
    )


def waiting(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "You are on the waiting list: %(title)s"),
        text=standing_in_words(registration),
        last=pgettext("mail about a session", "As soon as a seat is free for you, we write to you."),
    )


def offered(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "A seat is free for you: %(title)s"),
        text=standing_in_words(registration),
        button=pgettext("mail about a session: button", "Accept the seat"),
        last=pgettext("mail about a session", "After that it goes to whoever is next."),
    )


def lapsed(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "The seat went to whoever was next: %(title)s"),
        text=pgettext(
            "mail about a session", "You did not accept the seat in time. If you still want to come, register again."
        ),
        button=pgettext("mail about a session: button", "Open the session"),
        link=_page_of(registration.session, attendee),
    )


def withdrawn(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "You are not registered any more: %(title)s"),
        text=pgettext("mail about a session", "Your registration is cancelled, as you wished."),
        button=pgettext("mail about a session: button", "Open the session"),
        link=_page_of(registration.session, attendee),
    )


def moved(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Another time: %(title)s"),
        text=pgettext("mail about a session", "This session has been moved. It begins at the time below."),
    )


def renamed(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Changed: %(title)s"),
        text=pgettext("mail about a session", "The title or the description of this session has changed."),
    )


def restored(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "It takes place after all: %(title)s"),
        text=pgettext("mail about a session", "This session had been cancelled; now it takes place after all."),
    )


def called_off(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Cancelled: %(title)s"),
        text=pgettext("why not", "This session does not take place."),
        button=pgettext("mail about a session: button", "Open the session"),
        link=_page_of(registration.session, attendee),
        last=registration.session.cancel_reason,
    )


def in_a_day(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "In a day: %(title)s"),
        text=pgettext("mail about a session", "This session begins in a day."),
        button=pgettext("mail about a session: button", "Open the session"),
        link=_page_of(registration.session, attendee),
        last=_reminders_stop_there(),
    )


def in_an_hour(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "In an hour: %(title)s"),
        text=pgettext(
            "mail about a session", "This session begins in an hour. The room opens a quarter of an hour before."
        ),
        button=pgettext("mail about a session: button", "Join the session"),
        link=own_door(registration, language=attendee.language),
        last=_reminders_stop_there(),
    )


def message(subjects: Texts) -> Letter:
    """Of an organiser, whose text is the mail's note. Params: subjects, by language."""

    def words(registration: Registration, attendee: Attendee) -> Words:
        subject = text_in(subjects, attendee.language, registration.session).text
        return Words(subject=subject.replace("%", "%%"), text="", last=standing_in_words(registration))

    return words


def another_link(registration: Registration, attendee: Attendee) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Your new link: %(title)s"),
        text=pgettext("mail about a session", "This is the new link to your registration. The old one ends here."),
    )


def _page_of(session: Session, attendee: Attendee) -> str:
    return absolute("webinars:session", session.series.slug, session.slug, language=attendee.language)


def _reminders_stop_there() -> str:
    return pgettext("mail about a session", "You get this because you are registered.")
