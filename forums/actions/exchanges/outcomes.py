"""What came of it: drafted together, agreed to by each city, public."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action
from community.files.actions import attach_files, hand_on_files
from community.files.queries import files_of_things
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.moderation.models import ReviewItem
from forums.actions.exchanges.rows import change_exchange, cities_in, expect_answer, held_exchange, tell
from forums.choices import OUTCOMES, PROPOSALS, PartyRole, Stage
from forums.facts import (
    OutcomeAgreed,
    OutcomeDrafted,
    OutcomeFilesChanged,
    OutcomePublished,
    OutcomePutBack,
    OutcomeTakenAway,
)
from forums.models import Agreement, Exchange, Outcome
from forums.rules import can_post_text
from forums.rules.exchanging import can_agree, can_take_outcome_away, can_write_outcome
from forums.scopes import scope_of

TEXTS = ("title", "context", "tried", "result", "cost", "contacts")


class OutcomeConflict(Exception):
    """Somebody else has changed the text since it was read. `outcome` is what stands now."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"outcome is at version {outcome.text_version}")
        self.outcome = outcome


@action
def write_outcome(
    exchange: Exchange,
    *,
    by: Member,
    language: str,
    version: int,
    files: Sequence[int] | None = None,
    alts: Mapping[int, str] | None = None,
    **texts: str,
) -> Outcome:
    """The text in one language; the first one written is its original. Whoever had agreed has to agree again;
    what is public stays as it is until all have.

    Params: language, one of the house; version, of the text that was changed, 0 for a first one; files, ids of her
    own that go with it and are public when it is, None for those that are there; texts, one for each of TEXTS.
    Raises: NotAllowed; OutcomeConflict. Records: OutcomeDrafted where something changed.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_write_outcome(by, exchange))
    insist(can_post_text(by, *texts.values()))
    outcome = Outcome.objects.select_for_update(no_key=True).filter(exchange=exchange).first()
    columns = {f"{name}_{language}": texts[name] for name in TEXTS}
    if outcome and version != outcome.text_version:
        raise OutcomeConflict(outcome)
    is_new, has_new_text = outcome is None, outcome is None or _is_another(outcome, columns)
    if outcome is None:
        outcome = Outcome.objects.create(exchange=exchange, original_language=language, edited_by=by, **columns)
    has_new_files = files is not None and _attach(outcome, by, files, alts or {})
    if not (has_new_text or has_new_files):
        return outcome
    if not is_new:
        _change(outcome, by, columns)
    change_exchange(exchange)
    tell(exchange, OutcomeDrafted(exchange.pk), by=by)
    if outcome.waits:
        expect_answer(exchange)
    return outcome


def _is_another(outcome: Outcome, columns: dict[str, str]) -> bool:
    return any(outcome.latest(column) != text for column, text in columns.items())


def _attach(outcome: Outcome, by: Member, files: Sequence[int], alts: Mapping[int, str]) -> bool:
    holder = PROPOSALS if outcome.published_at else OUTCOMES
    return attach_files(files, owner=by, holder=holder, held_id=outcome.pk, alts=alts)[1]


def _change(outcome: Outcome, by: Member, columns: dict[str, str]) -> None:
    """Of a draft the words themselves; beside what is public, what differs from it."""
    if outcome.published_at:
        wanted = (outcome.proposed or {}) | columns
        differing = {column: text for column, text in wanted.items() if text != (getattr(outcome, column) or "")}
        outcome.proposed = differing if differing or _has_proposed_files(outcome) else None
    else:
        _put(outcome, columns)
    outcome.text_version += 1
    outcome.edited_by, outcome.edited_at = by, timezone.now()
    outcome.save()
    outcome.agreements.all().delete()


def _has_proposed_files(outcome: Outcome) -> bool:
    return bool(files_of_things(PROPOSALS, [outcome.pk])[outcome.pk])


def _put(outcome: Outcome, columns: dict[str, str]) -> None:
    for column, text in columns.items():
        setattr(outcome, column, text)


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
    if not outcome.waits:
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
    """The day of the first text stays the day of the outcome."""
    now = timezone.now()
    _put(outcome, outcome.proposed or {})
    outcome.proposed, outcome.published_at = None, outcome.published_at or now
    outcome.save()
    hand_on_files(outcome.pk, holder=PROPOSALS, to=OUTCOMES)
    change_exchange(exchange, stage=Stage.OUTCOME, ended_at=exchange.ended_at or now)
    tell(exchange, OutcomePublished(exchange.pk), by=by, shows=True, opens=True)


@action
def step_outcome_with_files(outcome_id: int) -> None:
    """One of its files is ready, refused or gone. Records: OutcomeFilesChanged."""
    found = Outcome.objects.filter(pk=outcome_id).first()
    if found is None:
        return
    exchange = held_exchange(found.exchange_id)
    outcome = _held(exchange)
    if outcome.proposed == {} and not _has_proposed_files(outcome):
        Outcome.objects.filter(pk=outcome.pk).update(proposed=None)
    Exchange.objects.filter(pk=exchange.pk).update(version=F("version") + 1)
    tell(exchange, OutcomeFilesChanged(exchange.pk), shows=outcome.published_at is not None)


@action
def take_outcome_away(
    outcome: Outcome, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None
) -> Outcome:
    """By a moderator; the cities go on seeing it.

    Params: reason, which who wrote it last reads; item, which this answers. Records: OutcomeTakenAway and a Decision.
    """
    return _switch(outcome, "hide", by=by, reason=reason, category=category, item=item)


@action
def put_outcome_back(
    outcome: Outcome, *, by: Member, reason: str, category: str = "", item: ReviewItem | None = None
) -> Outcome:
    """Records: OutcomePutBack and a Decision."""
    return _switch(outcome, "restore", by=by, reason=reason, category=category, item=item)


def _switch(outcome: Outcome, deed: str, *, by: Member, **told: Any) -> Outcome:
    exchange = held_exchange(outcome.exchange_id)
    outcome = _held(exchange)
    insist(can_take_outcome_away(by, outcome))
    goes = deed == "hide"
    if goes != bool(outcome.withdrawn_at):
        outcome.withdrawn_at = timezone.now() if goes else None
        Outcome.objects.filter(pk=outcome.pk).update(withdrawn_at=outcome.withdrawn_at)
        Exchange.objects.filter(pk=exchange.pk).update(version=F("version") + 1)
        decide(outcome, deed=deed, by=by, scope=scope_of(exchange.thread), concerns=outcome.edited_by, **told)
        fact = OutcomeTakenAway(exchange.pk) if goes else OutcomePutBack(exchange.pk)
        tell(exchange, fact, by=by, shows=True, opens=True)
    return outcome


def _held(exchange: Exchange) -> Outcome:
    outcome = Outcome.objects.select_for_update(no_key=True).get(exchange=exchange)
    outcome.exchange = exchange
    return outcome
