"""What happens to the schedule, told on the stream `schedule`; and to who comes, on streams of their own. Ids only."""

from dataclasses import dataclass

SCHEDULE = "schedule"  # the stream
DESK = "desk"  # the stream of what organisers plan and nobody else may see


@dataclass(frozen=True)
class SeriesPublished:
    """A series was announced."""

    series_id: int


class SeriesRevised(SeriesPublished):
    """Its texts, its usual time or where its sessions are talked about is another."""


@dataclass(frozen=True)
class SessionChanged:
    session_id: int
    series_id: int


class SessionDrafted(SessionChanged):
    """Organisers plan a session; nobody else sees it."""


class SessionPublished(SessionChanged):
    """A session was put on the schedule, for whoever its visibility names."""


class SessionWithdrawn(SessionChanged):
    """It was on the schedule, and is a draft again."""


class SessionShown(SessionChanged):
    """Others may see it than before."""


class SessionMoved(SessionChanged):
    """Its time is another."""


class SessionRetitled(SessionChanged):
    """Its title or abstract is another; so is the file that calendars read, but not its SEQUENCE."""


class SessionRetitledQuietly(SessionChanged):
    """As `SessionRetitled`, and its organisers tell nobody by mail."""


class SessionRevised(SessionChanged):
    """Another kind, theme, room, language, programme or word on its recording, others who speak or host it, or another
    way to register: until when, whether organisers approve it, what they ask then."""


class SessionCancelled(SessionChanged):
    """It does not take place; calendars keep it, as cancelled."""


class SessionRestored(SessionChanged):
    """It takes place after all."""


class RegistrationOpened(SessionChanged):
    """It takes registrations, or takes them for another number of seats."""


class RegistrationClosed(SessionChanged):
    """It takes registrations no more."""


class AttendanceNoted(SessionChanged):
    """Who came to it is noted anew, for organisers alone."""


class DiscussionDue(SessionChanged):
    """Due some weeks before it begins: then a thread about it is opened."""


class DiscussionOpened(SessionChanged):
    """There is a thread about it."""


@dataclass(frozen=True)
class SessionNears:
    """Due some time before it begins, if it still has that SEQUENCE."""

    session_id: int
    sequence: int
    hours: int


@dataclass(frozen=True)
class RegistrationFact:
    registration_id: int
    session_id: int


@dataclass(frozen=True)
class ChangeToTell(RegistrationFact):
    """Something happened to a session, as that fact says, and one who comes shall hear of it."""

    fact_id: int


class SpeakersHearOfMove(SessionChanged):
    """Its time is another, and those who speak in it shall hear."""


class SpeakersHearOfTitle(SessionChanged):
    """Its title or abstract is another, and those who speak in it shall hear."""


class SpeakersHearOfEnd(SessionChanged):
    """It does not take place, and those who speak in it shall hear."""


class SpeakersHearOfReturn(SessionChanged):
    """It takes place after all, and those who speak in it shall hear."""


OF_SPEAKERS = (SpeakersHearOfMove, SpeakersHearOfTitle, SpeakersHearOfEnd, SpeakersHearOfReturn)


@dataclass(frozen=True)
class SpeakerToTell:
    """Something happened to a session, as that fact says, and one who speaks in it shall hear of it."""

    speaker_id: int
    session_id: int
    fact_id: int


@dataclass(frozen=True)
class MessageWritten:
    """An organiser writes to those who come to a session."""

    message_id: int
    session_id: int


@dataclass(frozen=True)
class MessageToSend(RegistrationFact):
    """One who comes shall have that message."""

    message_id: int


@dataclass(frozen=True)
class ReminderToSend(RegistrationFact):
    """A session nears, and one who comes shall be reminded."""

    sequence: int
    hours: int


class RegistrationAsked(RegistrationFact):
    """Somebody without an account asked to attend; the address is not confirmed."""


class AskingForgotten(RegistrationFact):
    """Due when an address that nobody has confirmed shall be forgotten."""


class RegistrationRequested(RegistrationFact):
    """She asks to come: organisers decide."""


class RegistrationDeclined(RegistrationFact):
    """Organisers have decided that she does not come."""


class Registered(RegistrationFact):
    """She has a seat."""


class Waitlisted(RegistrationFact):
    """All seats are taken: she waits."""


class Promoted(RegistrationFact):
    """A seat is offered to her, for a while."""


class OfferDue(RegistrationFact):
    """Due when the offer of a seat ends."""


class OfferLapsed(RegistrationFact):
    """She did not accept in time."""


class RegistrationCancelled(RegistrationFact):
    """She does not attend."""


class RegistrationChanged(RegistrationFact):
    """Her name, language, reminders, answers or link are others."""


@dataclass(frozen=True)
class ProposalFact:
    proposal_id: int


class ProposalMade(ProposalFact):
    """A talk or a speaker is proposed, and the address of whoever proposes is confirmed; or is so again."""


class ProposalOld(ProposalFact):
    """Its address was to be confirmed by now."""


class ProposalDecided(ProposalFact):
    """Organisers have accepted or declined it, or whoever proposed it has withdrawn it."""


def session_stream(session_id: int) -> str:
    """Of one session and of who comes to it, for its open page and for pages that show its seats."""
    return f"session:{session_id}"


def attendee_stream(member_id: int) -> str:
    """Of the sessions of one member, for her own calendar."""
    return f"attendee:{member_id}"
