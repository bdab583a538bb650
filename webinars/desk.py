"""What a session's page shows of its registration to one reader."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import get_language

from community.members.models import Member
from i18n.languages import DEFAULT
from i18n.texts import Said
from webinars.forms import AnswersForm, RegisterForm, RemindersForm, reminders_form
from webinars.models import Channel, Registration, Session
from webinars.queries import Seats, channels_for, registration_of, seats_of
from webinars.queries.seats import STANDING
from webinars.questions import NO_ANSWERS, in_words
from webinars.rules import can_ask_again, can_change_answers, can_join, can_register
from webinars.words import standing_in_words


@dataclass(frozen=True)
class Desk:
    """Params: seats, None where nobody may register now; own, of a member who comes or waits, with her `standing`;
    channels, of its interpretation, once its room is open to her; joins, whether she may; answers, the form of what it
    asks a member, with hers while she may change them; answered, hers in words once she may not."""

    seats: Seats | None
    why_not: Promise | str
    own: Registration | None = None
    standing: str = ""
    form: RegisterForm | None = None
    reminders: RemindersForm | None = None
    answers: AnswersForm | None = None
    answered: list[tuple[Said, str]] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    joins: bool = False


def desk_of(session: Session, reader: Member | AnonymousUser) -> Desk | None:
    """None where there is nothing to say. At most three queries, and one for who waits or may listen."""
    ruling = can_register(reader, session)
    own = registration_of(reader, session) if isinstance(reader, Member) else None
    if own is not None and own.state not in STANDING and can_ask_again(own, session):
        own = None
    joins = bool(can_join(reader, session, own))
    if not session.takes_registrations and own is None and not joins:
        return None
    language = get_language() or DEFAULT
    may_answer = can_change_answers(own, session) if own else ruling
    hers = own.answers if own else NO_ANSWERS
    asks = bool(session.questions) and isinstance(reader, Member) and bool(may_answer)
    return Desk(
        seats=seats_of(session.pk) if ruling else None,
        why_not=ruling.reason,
        own=own,
        standing=standing_in_words(own) if own else "",
        form=RegisterForm(session=session, initial={"language": language}) if reader.is_anonymous else None,
        reminders=reminders_form(own) if own else None,
        answers=AnswersForm(session=session, answers=hers) if asks else None,
        answered=in_words(session, hers, language) if own and not may_answer else [],
        channels=channels_for(own, session, language=language) if own else [],
        joins=joins,
    )
