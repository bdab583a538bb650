"""What we write to somebody about the session in which she speaks, in her language and by the session's own clocks."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import pgettext

from community.facts.listeners import fact_name
from community.mail.actions import write_mail
from community.mail.composing import Composed, compose
from community.mail.links import absolute
from i18n.texts import Said, said
from i18n.times import meeting_in_words
from i18n.zones import zone
from webinars.facts import (
    SessionCancelled,
    SessionChanged,
    SessionMoved,
    SessionRestored,
    SessionRetitled,
    SpeakersHearOfEnd,
    SpeakersHearOfMove,
    SpeakersHearOfReturn,
    SpeakersHearOfTitle,
)
from webinars.keys import speaker_key
from webinars.letters import KIND, Words
from webinars.models import Former, Session, Speaker
from webinars.plans import Texts
from webinars.words import before_in_words, text_in

Letter = Callable[[Session], Words]


def write_to(
    speaker: Speaker, letter: Letter, *, email: str, notes: Iterable[Texts] = (), former: Former | None = None
) -> None:
    """Inside an action. Needs `session__series`. With the link to her own entry, where one was sent to her and holds.

    Params: notes, texts of organisers by language; former, what she was told of the session before.
    """
    language = speaker.mail_language
    with translation.override(language), timezone.override(zone(speaker.session.timezone)):
        said_by_organisers = [text_in(note, language, speaker.session) for note in notes]
        context = _context(speaker, letter, link=_entry_of(speaker), notes=said_by_organisers, former=former)
    write_mail(to=email, language=language, kind=KIND, context=context)


def preview(speaker: Speaker, letter: Letter, *, notes: Texts, former: Former | None = None) -> Composed:
    """The mail as it would go to her, but for her own link: the session's stands there. Needs `session__series`."""
    language = speaker.mail_language
    with translation.override(language), timezone.override(zone(speaker.session.timezone)):
        note = text_in(notes, language, speaker.session)
        link = _page_of(speaker) if speaker.link_hash else ""
        context = _context(speaker, letter, link=link, notes=[note] if note.text else [], former=former)
    return compose(to="", language=language, kind=KIND, context=context)


def heard_of(fact: type[SessionChanged]) -> str:
    """The name of what speakers hear of, where those who come hear of `fact`."""
    return fact_name(HEARD[fact])


def letter_of(change: str, session: Session) -> Letter:
    """Params: change, the name of one of the facts of which speakers hear; session, as it is now."""
    return called_off if session.cancelled_at is not None else LETTERS[change]


def _context(
    speaker: Speaker, letter: Letter, *, link: str, notes: list[Said], former: Former | None
) -> dict[str, Any]:
    """In her language and the session's zone, which are the active ones. Params: link, to her entry if she has one."""
    session = speaker.session
    words, title, page = letter(session), said(session, "title", speaker.mail_language), _page_of(speaker)
    to_entry, to_session = (
        pgettext("mail: speaker", "Change your entry"),
        pgettext("mail about a session: button", "Open the session"),
    )
    return {
        "name": speaker.name,
        "subject": words.subject % {"title": title.text},
        "text": words.text,
        "notes": notes,
        "title": title,
        "when": meeting_in_words(session.starts_at),
        "before": before_in_words(former, session, speaker.mail_language),
        "page": page,
        "button": to_entry if link else to_session,
        "link": link or page,
        "last": words.last,
    }


def moved(session: Session) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Another time: %(title)s"),
        text=pgettext("mail: speaker", "The session in which you speak has been moved. It begins at the time below."),
    )


def renamed(session: Session) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Changed: %(title)s"),
        text=pgettext("mail: speaker", "The session in which you speak has another title or text. Its time stays."),
    )


def restored(session: Session) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "It takes place after all: %(title)s"),
        text=pgettext(
            "mail: speaker", "The session in which you speak had been cancelled; now it takes place after all."
        ),
    )


def called_off(session: Session) -> Words:
    return Words(
        subject=pgettext("mail about a session: subject", "Cancelled: %(title)s"),
        text=pgettext("mail: speaker", "The session in which you speak does not take place."),
        last=session.cancel_reason,
    )


HEARD: dict[type[SessionChanged], type[SessionChanged]] = {
    SessionMoved: SpeakersHearOfMove,
    SessionRetitled: SpeakersHearOfTitle,
    SessionCancelled: SpeakersHearOfEnd,
    SessionRestored: SpeakersHearOfReturn,
}
LETTERS = {
    fact_name(SpeakersHearOfMove): moved,
    fact_name(SpeakersHearOfTitle): renamed,
    fact_name(SpeakersHearOfEnd): restored,  # told late: it was cancelled, and is so no more
    fact_name(SpeakersHearOfReturn): restored,
}


def _page_of(speaker: Speaker) -> str:
    session = speaker.session
    return absolute("webinars:session", session.series.slug, session.slug, language=speaker.mail_language)


def _entry_of(speaker: Speaker) -> str:
    """The whole address of her own entry; empty where no link was sent to her, or hers has ended."""
    if not speaker.link_hash:
        return ""
    return absolute("webinars:speaker", speaker_key(speaker.pk, speaker.link_hash), language=speaker.mail_language)
