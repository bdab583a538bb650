"""Whom organisers reach who write to those who come, and who change what people speak in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from i18n.languages import CODES, known
from webinars.models import Audience, Former, Message, Proposal, Registration, Session, Speaker, State
from webinars.queries.seats import LIVE, STANDING

STATES = {
    Audience.REGISTERED: (State.REGISTERED,),
    Audience.WAITING: (State.OFFERED, State.WAITING),
    Audience.BOTH: LIVE,
}


@dataclass(frozen=True)
class Readers:
    """Those who read our mails in one language.

    Params: waiting, who is offered a seat included; asking, who waits for organisers; first, who asked first of them.
    """

    language: str
    registered: int
    waiting: int
    asking: int
    first: Registration

    @property
    def count(self) -> int:
        return self.registered + self.waiting + self.asking


@dataclass(frozen=True)
class Recipients:
    """By language; the session's original language stands first."""

    readers: tuple[Readers, ...]

    @property
    def registered(self) -> int:
        return sum(each.registered for each in self.readers)

    @property
    def waiting(self) -> int:
        return sum(each.waiting for each in self.readers)

    @property
    def asking(self) -> int:
        return sum(each.asking for each in self.readers)

    @property
    def count(self) -> int:
        return self.registered + self.waiting + self.asking

    @property
    def languages(self) -> list[str]:
        return [each.language for each in self.readers]


def recipients_of(session: Session, states: Iterable[State] = LIVE, *, without: Collection[str] = ()) -> Recipients:
    """Nobody who is suspended. Two queries; one where nobody comes. Params: without, addresses."""
    coming = Registration.objects.filter(_may_be_written_to(), session=session, state__in=list(states))
    if without:
        coming = coming.exclude(email__in=without).exclude(member__email__in=without)
    counted = (
        coming.order_by()
        .annotate(reads=Coalesce("member__language", "language"))
        .values("reads")
        .annotate(
            registered=Count("pk", filter=Q(state=State.REGISTERED)),
            waiting=Count("pk", filter=Q(state__in=STATES[Audience.WAITING])),
            asking=Count("pk", filter=Q(state=State.REQUESTED)),
            first=Min("pk"),
        )
    )
    rows = sorted(counted, key=lambda row: _in_turn(row["reads"], session))
    firsts = _firsts([row["first"] for row in rows])
    return Recipients(
        tuple(
            Readers(known(row["reads"]), row["registered"], row["waiting"], row["asking"], firsts[row["first"]])
            for row in rows
        )
    )


def _may_be_written_to() -> Q:
    return Q(member=None) | Q(member__is_active=True)


def _in_turn(language: str, session: Session) -> tuple[bool, int]:
    return known(language) != session.original_language, CODES.index(known(language))


def _firsts(ids: list[int]) -> dict[int, Registration]:
    if not ids:
        return {}
    return Registration.objects.select_related("session__series", "member").in_bulk(ids)


@dataclass(frozen=True)
class Addressed:
    """Somebody who speaks in a session, and where mail reaches her."""

    speaker: Speaker
    email: str


@dataclass(frozen=True)
class SpeakingReaders:
    """Those who speak and read our mails in one language. Params: first, in the order in which they speak."""

    language: str
    count: int
    first: Addressed


def speakers_to_tell(session: Session) -> list[Addressed]:
    """Each address once, in the order in which they speak. Three queries; one where nobody has an address.

    Not who is registered under the same address: she is told as one who comes, with what her calendar needs.
    """
    speakers = list(Speaker.objects.filter(session=session).order_by("position"))
    proposed = _addresses_proposed(session) if any(not each.link_email for each in speakers) else {}
    known_at = [(each.link_email or proposed.get(each.name, ""), each) for each in reversed(speakers)]
    addresses = {email: each for email, each in known_at if email}
    if not addresses:
        return []
    coming = Registration.objects.filter(session=session, state__in=STANDING)
    told = coming.filter(Q(email__in=addresses) | Q(member__email__in=addresses))
    registered = {email for row in told.values_list("email", "member__email") for email in row}
    found = [Addressed(each, email) for email, each in addresses.items() if email not in registered]
    return sorted(found, key=lambda each: each.speaker.position)


def speaking_readers(session: Session) -> list[SpeakingReaders]:
    """By language; the session's original language stands first. As many queries as `speakers_to_tell`."""
    by_language: dict[str, list[Addressed]] = {}
    for each in speakers_to_tell(session):
        each.speaker.session = session
        by_language.setdefault(known(each.speaker.mail_language), []).append(each)
    found = [SpeakingReaders(language, len(those), those[0]) for language, those in by_language.items()]
    return sorted(found, key=lambda readers: _in_turn(readers.language, session))


def _addresses_proposed(session: Session) -> dict[str, str]:
    """By the name of who was proposed to speak."""
    proposals = Proposal.objects.filter(session=session.pk).exclude(speaker_name="").exclude(speaker_email="")
    return dict(proposals.order_by("-pk").values_list("speaker_name", "speaker_email"))


def former_since(session: Session, told_version: int) -> Former | None:
    """What it was when that version was told, as far as time and title have changed since. One query."""
    since = Former.objects.filter(session=session, version__gt=told_version, version__lte=session.version)
    return since.order_by("version").first()


def messages_to(session: Session) -> list[Message]:
    """What organisers have written to those who come, the latest first. One query."""
    return list(Message.objects.filter(session=session).select_related("by").order_by("-sent_at", "-pk"))
