"""What happens next in an exchange, and whose turn it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from forums.choices import PartyRole, Stage
from forums.models import Exchange, Outcome, Post
from forums.queries.exchanges.one import SPEAKS_FOR, outcome_of


class Step(StrEnum):
    """What has to happen now."""

    INVITE = "invite"
    RESPOND = "respond"
    ALONE = "alone"
    MATCH = "match"
    ARRANGE = "arrange"
    AWAIT_MEETING = "await-meeting"
    SAY_MET = "say-met"
    WRITE = "write"
    AGREE = "agree"
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Turn:
    """`cities`: ids of those who are waited for."""

    step: Step
    cities: frozenset[int]


def turn_of(exchange: Exchange, *, speaker: int | None, outcome: Outcome | None, now: datetime | None = None) -> Turn:
    """Needs `parties` fetched along. Params: speaker, the city whose member wrote last in the conversation."""
    if exchange.withdrawn_at or exchange.hidden_at:
        return Turn(Step.WITHDRAWN, frozenset())
    roles = {party.city_id: party.role for party in exchange.parties.all()}
    asking = frozenset({exchange.city_id})
    settled = asking | _those(roles, PartyRole.MATCHED)
    if exchange.stage == Stage.ASKED:
        invited = _those(roles, PartyRole.INVITED)
        if _those(roles, PartyRole.RESPONDED) or _those(roles, PartyRole.UNMATCHED):
            return Turn(Step.MATCH, asking)
        if invited:
            return Turn(Step.RESPOND, invited)
        have_left = any(party.role == PartyRole.LEFT for party in exchange.parties.all())
        return Turn(Step.ALONE if have_left else Step.INVITE, asking)
    if exchange.stage == Stage.MATCHED:
        if exchange.meeting_at is None:
            return Turn(Step.ARRANGE, settled - {speaker})
        is_over = exchange.meeting_at <= (now or timezone.now())
        return Turn(Step.SAY_MET, settled) if is_over else Turn(Step.AWAIT_MEETING, frozenset())
    if outcome is None:
        return Turn(Step.WRITE, settled - {speaker})
    return Turn(Step.AGREE, settled - outcome.agreed) if outcome.waits else Turn(Step.DONE, frozenset())


def turn_now(exchange: Exchange) -> Turn:
    """As the rows say now. Needs `parties` fetched along."""
    return turn_of(exchange, speaker=_speaker_in(exchange), outcome=outcome_of(exchange))


def _speaker_in(exchange: Exchange) -> int | None:
    """The city for which somebody wrote last. No query where the exchange was fetched with all."""
    if hasattr(exchange, "speaker_city"):
        return exchange.speaker_city  # type: ignore[no-any-return]  # annotated
    posts = Post.objects.filter(thread=exchange.thread_id, hidden_at=None, deleted_at=None).order_by("-pk")
    return posts.values_list(SPEAKS_FOR, flat=True).first()


def _those(roles: dict[int, str], role: PartyRole) -> frozenset[int]:
    return frozenset(city_id for city_id, each in roles.items() if each == role)
