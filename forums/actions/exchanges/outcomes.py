"""What came of it: drafted together, agreed to by each city, public."""

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from forums.actions.exchanges.rows import change_exchange, cities_in, expect_answer, held_exchange, tell
from forums.choices import PartyRole, Stage
from forums.facts import OutcomeAgreed, OutcomeDrafted, OutcomePublished, OutcomePutBack, OutcomeTakenAway
from forums.models import Agreement, Exchange, Outcome
from forums.rules.exchanging import can_agree, can_take_outcome_away, can_write_outcome
from forums.scopes import scope_of

TEXTS = ("title", "context", "tried", "result", "cost", "contacts")


class OutcomeConflict(Exception):
    """Somebody else has changed the text since it was read. `outcome` is what stands now."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"outcome is at version {outcome.text_version}")
        self.outcome = outcome


@action
def write_outcome(exchange: Exchange, *, by: Member, language: str, version: int, **texts: str) -> Outcome:
    """The text in one language; the first one written is its original. Whoever had agreed has to agree again,
    and what was public is a draft until then.

    Params: language, one of the house; version, of the text that was changed, 0 for a first one; texts, one for
    each of TEXTS. Raises: NotAllowed; OutcomeConflict. Records: OutcomeDrafted where something changed.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_write_outcome(by, exchange))
    outcome = Outcome.objects.select_for_update(no_key=True).filter(exchange=exchange).first()
    columns = {f"{name}_{language}": texts[name] for name in TEXTS}
    if outcome and version != outcome.text_version:
        raise OutcomeConflict(outcome)
    if outcome and all(getattr(outcome, column) == text for column, text in columns.items()):
        return outcome
    was_public = bool(outcome and outcome.published_at)
    if outcome is None:
        outcome = Outcome.objects.create(exchange=exchange, original_language=language, edited_by=by, **columns)
    else:
        _change(outcome, by, columns)
    change_exchange(exchange, stage=Stage.MET)
    tell(exchange, OutcomeDrafted(exchange.pk), by=by, shows=was_public, opens=was_public)
    expect_answer(exchange)
    return outcome


def _change(outcome: Outcome, by: Member, columns: dict[str, str]) -> None:
    for column, text in columns.items():
        setattr(outcome, column, text)
    outcome.text_version += 1
    outcome.edited_by, outcome.edited_at, outcome.published_at = by, timezone.now(), None
    outcome.save()
    outcome.agreements.all().delete()


@action
def agree_to_outcome(outcome: Outcome, *, by: Member, version: int) -> Outcome:
    """Her city wants this very text public; with the last of them it is.

    Params: version, of the text she has read. Raises: NotAllowed; OutcomeConflict.
    Records: OutcomeAgreed, OutcomePublished.
    """
    exchange = held_exchange(outcome.exchange_id)
    outcome = _held(exchange)
    insist(can_agree(by, outcome))
    if version != outcome.text_version:
        raise OutcomeConflict(outcome)
    if outcome.published_at:
        return outcome
    Agreement.objects.get_or_create(outcome=outcome, city_id=by.speaks_for_id or 0, defaults={"by": by})
    agreed = set(outcome.agreements.values_list("city_id", flat=True))
    change_exchange(exchange)
    tell(exchange, OutcomeAgreed(exchange.pk), by=by)
    matched = cities_in(exchange, PartyRole.MATCHED)
    if matched and matched | {exchange.city_id} <= agreed:
        _publish(exchange, outcome, by)
    else:
        expect_answer(exchange)
    return outcome


def _publish(exchange: Exchange, outcome: Outcome, by: Member) -> None:
    now = timezone.now()
    outcome.published_at = now
    Outcome.objects.filter(pk=outcome.pk).update(published_at=now)
    change_exchange(exchange, stage=Stage.OUTCOME, ended_at=exchange.ended_at or now)
    tell(exchange, OutcomePublished(exchange.pk), by=by, shows=True, opens=True)


@action
def take_outcome_away(outcome: Outcome, *, by: Member, reason: str) -> Outcome:
    """By a moderator; the cities go on seeing it. Records: OutcomeTakenAway and a Decision."""
    return _switch(outcome, by=by, reason=reason, deed="hide")


@action
def put_outcome_back(outcome: Outcome, *, by: Member, reason: str) -> Outcome:
    """Records: OutcomePutBack and a Decision."""
    return _switch(outcome, by=by, reason=reason, deed="restore")


def _switch(outcome: Outcome, *, by: Member, reason: str, deed: str) -> Outcome:
    exchange = held_exchange(outcome.exchange_id)
    outcome = _held(exchange)
    insist(can_take_outcome_away(by, outcome))
    goes = deed == "hide"
    if goes != bool(outcome.withdrawn_at):
        outcome.withdrawn_at = timezone.now() if goes else None
        Outcome.objects.filter(pk=outcome.pk).update(withdrawn_at=outcome.withdrawn_at)
        Exchange.objects.filter(pk=exchange.pk).update(version=F("version") + 1)
        decide(outcome, deed=deed, by=by, reason=reason, scope=scope_of(exchange.thread))
        fact = OutcomeTakenAway(exchange.pk) if goes else OutcomePutBack(exchange.pk)
        tell(exchange, fact, by=by, shows=True, opens=True)
    return outcome


def _held(exchange: Exchange) -> Outcome:
    outcome = Outcome.objects.select_for_update(no_key=True).get(exchange=exchange)
    outcome.exchange = exchange
    return outcome
