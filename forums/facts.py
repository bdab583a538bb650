"""What happens in the forums. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostChanged:
    thread_id: int
    post_id: int


class PostAdded(PostChanged):
    """A reply, answer or comment was posted."""


class PostEdited(PostChanged):
    """Its text is another."""


class PostDeleted(PostChanged):
    """Its author took it away."""


class PostUndeleted(PostChanged):
    """Its author put it back."""


class PostHidden(PostChanged):
    """A moderator hid it."""


class PostRestored(PostChanged):
    """A moderator showed it again."""


class RevisionHidden(PostChanged):
    """A moderator hid one of its earlier versions."""


class RevisionRestored(PostChanged):
    """A moderator showed an earlier version again."""


class PostFilesChanged(PostChanged):
    """A file of it is ready to be seen, or gone."""


class PostVoted(PostChanged):
    """Its count of helpful votes is another."""


@dataclass(frozen=True)
class BookmarkChanged(PostChanged):
    """A member has bookmarked it, or no more, or set another note or reminder. Due when she wants to be reminded."""

    bookmark_id: int


class AnswerAccepted(PostChanged):
    """The asker or a moderator accepted this answer."""


class AnswerUnaccepted(PostChanged):
    """It is no longer the accepted one."""


@dataclass(frozen=True)
class ThreadChanged:
    thread_id: int
    forum_id: int


class ThreadOpened(ThreadChanged):
    """A thread was opened."""


class ThreadImported(ThreadChanged):
    """It was held elsewhere and came whole: of its older posts no other fact tells."""


class ThreadRetitled(ThreadChanged):
    """Its title, tags or language are others."""


class SummaryPinned(ThreadChanged):
    """What came of it stands at its head, in these words."""


class SummaryTakenOff(ThreadChanged):
    """No summary stands at its head."""


class ThreadLocked(ThreadChanged):
    """Nobody but moderators may reply."""


class ThreadUnlocked(ThreadChanged):
    """Members may reply again."""


class ThreadPinned(ThreadChanged):
    """It stands first in its forum."""


class ThreadUnpinned(ThreadChanged):
    """It stands where its activity puts it."""


@dataclass(frozen=True)
class ThreadMoved:
    thread_id: int
    forum_id: int
    from_forum_id: int


class ThreadAudienceChanged(ThreadChanged):
    """Others may read it than before: what it is about is shown to others."""


@dataclass(frozen=True)
class AuthorForgotten:
    """Somebody who wrote in it, or was named there, has left the house: it says so without a name."""

    thread_id: int
    forum_id: int


@dataclass(frozen=True)
class ForumChanged:
    """Its name, its kind, or who may read it is another."""

    forum_id: int


@dataclass(frozen=True)
class ForumGroupChanged:
    """Its name or its place is another."""

    group_id: int


@dataclass(frozen=True)
class ExchangeChanged:
    exchange_id: int


class ExchangeAsked(ExchangeChanged):
    """A city asked for help."""


class RequestChanged(ExchangeChanged):
    """What it asks for is another."""


class ExchangeWithdrawn(ExchangeChanged):
    """Its asker took the request away."""


class ExchangeReopened(ExchangeChanged):
    """Its asker put the request back."""


class ExchangeHidden(ExchangeChanged):
    """A moderator hid the request."""


class ExchangeShown(ExchangeChanged):
    """A moderator showed it again."""


class CitiesMatched(ExchangeChanged):
    """It was settled between whom it is held."""


class MeetingSet(ExchangeChanged):
    """It was settled when they meet, and where."""


class CitiesMet(ExchangeChanged):
    """One of them said that they have met."""


class OutcomeDrafted(ExchangeChanged):
    """Another text of what came of it is proposed; who had agreed has to agree again."""


class OutcomeFilesChanged(ExchangeChanged):
    """One of its files is ready, refused or gone."""


class OutcomeAgreed(ExchangeChanged):
    """One city agrees that the text be public."""


class OutcomePublished(ExchangeChanged):
    """All have agreed: the outcome is public, or is so in another text."""


class OutcomeTakenAway(ExchangeChanged):
    """A moderator took the outcome away."""


class OutcomePutBack(ExchangeChanged):
    """A moderator made the outcome public again."""


@dataclass(frozen=True)
class PartyChanged:
    exchange_id: int
    city_id: int


class CityInvited(PartyChanged):
    """It may see the card and was asked to respond."""


class CityResponded(PartyChanged):
    """It takes part from now on."""


class CityLeft(PartyChanged):
    """It takes part no more, or said no to an invitation."""


class CityReturned(PartyChanged):
    """It had left, and is again what it was."""


class CityNotMatched(PartyChanged):
    """It had responded, and others were matched: it takes part no more, unless it is matched later."""


@dataclass(frozen=True)
class ExchangeStandsStill:
    """Heard some days after something happened: if nothing has since, those whose turn it is are reminded.

    Params: moves and last_post_id, how far the exchange and its conversation had come.
    """

    exchange_id: int
    moves: int
    last_post_id: int


@dataclass(frozen=True)
class OfferChanged:
    """A city offers something, offers it differently, or no more."""

    offer_id: int
