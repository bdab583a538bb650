"""What the reader reads of a moment, in one snapshot: so that nothing is shown to one who may not see it any more."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from community.facts.snapshot import snapshot
from community.live.keep import ACCESS, heads_of
from community.live.streams import Message, audience_of, changes, split
from community.live.transport import Frame
from community.live.visitors import Visitor, those_who_left
from community.live.watching import Group


@dataclass(frozen=True)
class Questions:
    """Who is here, to be asked for again: by stream the ids of those who watch it, and all visitors."""

    watchers: Mapping[str, Collection[int | None]]
    visitors: Collection[Visitor]


@dataclass
class News:
    """Params: audiences, by stream the class of each who was asked for; left, visitors whose sessions are over."""

    heads: dict[str, int]
    audiences: dict[str, dict[int | None, str | None]] = field(default_factory=dict)
    left: set[Visitor] = field(default_factory=set)
    frames: dict[Group, Frame] = field(default_factory=dict)


def read_news(
    streams: Iterable[str], groups: dict[Group, int], access: int | None, questions: Questions | None = None
) -> News | None:
    """Params: groups, each with the mark from which it is behind; access, the oldest number of it at which anything
    here was asked, None where there was nothing to ask.

    Returns: None where `access` has moved and there are no questions: ask again, with them.
    """
    with snapshot():
        news = News(heads_of({*streams, ACCESS}))
        if access is not None and news.heads[ACCESS] != access:
            if questions is None:
                return None
            news.left = those_who_left(questions.visitors)
            for stream, member_ids in questions.watchers.items():
                kind, key = split(stream)
                news.audiences[stream] = kind.audiences(key, member_ids)
        for (stream, language, audience), after in groups.items():
            head = news.heads.get(stream, after)
            if head != after:
                news.frames[stream, language, audience] = Frame(changes(stream, after, language, audience, head=head))
    return news


@dataclass(frozen=True)
class Admission:
    """Params: audience, None where she may not watch; access, at which that was asked."""

    audience: str | None
    backlog: Frame
    head: int
    access: int


class SessionOver(Exception):
    """Signed out, suspended, or a new password: since this socket was opened."""


def read_admission(stream: str, since: int | None, language: str, visitor: Visitor, access: int) -> Admission:
    """May she watch, and what has she missed? Params: access, at which her session was last asked for.

    Raises: NoSuchStream; SessionOver.
    """
    with snapshot():
        heads = heads_of([ACCESS, stream])
        if heads[ACCESS] != access and those_who_left([visitor]):
            raise SessionOver
        audience = audience_of(stream, visitor.member_id)
        backlog: Message = {"gone": stream}
        if audience is not None:
            backlog = changes(stream, since, language, audience, head=heads[stream])
        return Admission(audience, Frame(backlog), heads[stream], heads[ACCESS])
