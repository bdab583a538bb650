"""What is said to somebody about her registration, in the active language and zone; and what organisers say."""

from dataclasses import dataclass

from django.utils.translation import get_language, pgettext

from i18n.languages import CODES, known
from i18n.texts import Said, said
from i18n.times import meeting_in_words, moment_in_words
from i18n.zones import place_in_words
from webinars.models import Former, Registration, Session, State
from webinars.plans import Texts
from webinars.queries.seats import place_in_line


@dataclass(frozen=True)
class Before:
    """Params: when, in words, empty where it begins when it did; title, None where it is the same."""

    when: str
    title: Said | None


def before_in_words(former: Former | None, session: Session, language: str) -> Before | None:
    """What is another now, in her language and by the active clocks. Params: former, None of what has not changed."""
    if former is None:
        return None
    title = text_in(former.titles, language, session)
    is_same = not title.text or title.text == said(session, "title", language).text
    when = "" if former.starts_at == session.starts_at else meeting_in_words(former.starts_at)
    return Before(when, None if is_same else title)


def standing_in_words(registration: Registration, *, place: int | None = None) -> str:
    """How she stands, in a sentence. Params: place in line, where it is known already."""
    if registration.state == State.REGISTERED:
        return pgettext("how somebody stands to a session", "You are registered.")
    if registration.state == State.WAITING:
        words = pgettext(
            "how somebody stands to a session", "All seats are taken: you are at place %(place)s of the waiting list."
        )
        return words % {"place": place or place_in_line(registration)}
    if registration.state == State.OFFERED and registration.offered_until is not None:
        words = pgettext("how somebody stands to a session", "A seat is yours if you accept it until %(until)s.")
        return words % {"until": moment_in_words(registration.offered_until)}
    if registration.state == State.REQUESTED:
        return pgettext("how somebody stands to a session", "You have asked to come. The organisers decide.")
    if registration.state == State.DECLINED:
        return pgettext("how somebody stands to a session", "The organisers have declined your request.")
    return pgettext("how somebody stands to a session", "You are not registered.")


def notes(session: Session) -> list[str]:
    """What is said of it besides, in the active language."""
    found = []
    if session.is_time_assumed:
        words = pgettext(
            "note on a session",
            "Its time was not announced: the usual one of the series is assumed, %(time)s (%(zone)s).",
        )
        place = place_in_words(session.timezone, known(get_language() or ""))
        found.append(words % {"time": session.starts_local[11:], "zone": place})
    if session.is_invented:
        words = pgettext(
            "note on a session", "This session was planned for this demonstration; it does not take place."
        )
        found.append(words)
    return found


def text_in(texts: Texts, language: str, session: Session) -> Said:
    """In her language, else in the session's original one, else in any: as `said` reads curated texts."""
    for code in (language, session.original_language, *CODES):
        if text := texts.get(code):
            return Said(text, code)
    return Said("", language)
