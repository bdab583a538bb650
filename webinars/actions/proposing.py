"""Somebody proposes a talk or a speaker; organisers vote, and accept or decline."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.topics.models import Theme
from forums.actions.writing import token_in
from webinars import proposal_letters as letters
from webinars.actions.schedule import draft_session
from webinars.facts import DESK, ProposalDecided, ProposalFact, ProposalMade, ProposalOld
from webinars.keys import CONFIRM_WITHIN
from webinars.models import Opinion, Proposal, ProposalVote, Series, Session, Stage
from webinars.plans import SessionPlan
from webinars.rules import can_decide_on, can_propose, can_withdraw


@action
def propose(*, member: Member | None, themes: Iterable[Theme], token: str = "", **fields: Any) -> Proposal:
    """Keep a proposal. A member's address is confirmed already; a guest gets a mail, whoever has the address.

    Params: token, the client's name for this submission: the same again returns what it made first; fields, the
    columns of a Proposal. Raises: NotAllowed. Records: ProposalMade, for a member; ProposalOld for when a guest is
    too late.
    """
    insist(can_propose(member or AnonymousUser()))
    whose = member.pk if member else fields.get("email", "")
    token = token_in(f"proposal:{whose}", token) if token else ""
    if token and (made := Proposal.objects.filter(token=token).first()):
        return made
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(member=member, token=token, **fields)
    except IntegrityError:  # sent twice at once
        return Proposal.objects.get(token=token)
    proposal.themes.set(themes)
    if member is not None:
        _let_wait(proposal, by=member)
    else:
        record(ProposalOld(proposal.pk), due_at=proposal.made_at + CONFIRM_WITHIN)
        letters.write_to(proposal, letters.confirm_address)
    return proposal


@action
def confirm_proposal(proposal_id: int) -> Proposal | None:
    """The address is hers who proposed. To confirm again changes nothing. An address of a member makes it hers.

    Returns: the proposal, None where it is forgotten. Raises: NotAllowed, where the member may not write.
    Records: ProposalMade.
    """
    proposal = _held(proposal_id)
    if proposal is None or proposal.stage != Stage.UNCONFIRMED:
        return proposal
    member = Member.objects.filter(email=proposal.email, is_active=True).first()
    if member is not None:
        insist(can_propose(member))
        proposal.member, proposal.name, proposal.email = member, "", ""
        proposal.save(update_fields=["member", "name", "email"])
    _let_wait(proposal, by=member)
    if member is None:
        letters.write_to(proposal, letters.received)
    return proposal


def _let_wait(proposal: Proposal, *, by: Member | None) -> None:
    proposal.stage = Stage.NEW
    proposal.save(update_fields=["stage"])
    _tell(proposal, ProposalMade, by=by)


@action
def forget_unconfirmed_proposal(proposal_id: int) -> None:
    """An address that came to us by another's hand does not stay."""
    Proposal.objects.filter(pk=proposal_id, stage=Stage.UNCONFIRMED).delete()


@action
def vote_on_proposal(proposal_id: int, *, by: Member, opinion: Opinion, note: str = "") -> None:
    """One vote an organiser, the last that she gave. Raises: NotAllowed."""
    proposal = Proposal.objects.select_for_update(no_key=True).get(pk=proposal_id)
    insist(can_decide_on(by, proposal))
    said = {"opinion": opinion, "note": note, "voted_at": timezone.now()}
    ProposalVote.objects.update_or_create(proposal=proposal, organiser=by, defaults=said)


@action
def take_vote_back(proposal_id: int, *, by: Member) -> None:
    """Raises: NotAllowed."""
    proposal = Proposal.objects.select_for_update(no_key=True).get(pk=proposal_id)
    insist(can_decide_on(by, proposal))
    ProposalVote.objects.filter(proposal=proposal, organiser=by).delete()


@action
def accept_proposal(proposal_id: int, *, series: Series, plan: SessionPlan, by: Member) -> Session:
    """Make the draft of a session of it, which organisers go on with; told by mail.

    Raises: NotAllowed. Records: SessionDrafted, ProposalDecided.
    """
    proposal = _to_decide(proposal_id, by)
    session = draft_session(series, plan, by=by)
    _decide(proposal, Stage.ACCEPTED, by=by, session=session)
    letters.write_to(proposal, letters.accepted)
    return session


@action
def decline_proposal(proposal_id: int, *, reason: str, by: Member) -> None:
    """Not now, and why; told by mail. Raises: NotAllowed. Records: ProposalDecided."""
    proposal = _to_decide(proposal_id, by)
    _decide(proposal, Stage.DECLINED, by=by, decline_reason=reason)
    letters.write_to(proposal, letters.declined)


@action
def withdraw_proposal(proposal_id: int) -> None:
    """Whoever proposed it thinks otherwise, before it is decided. Raises: NotAllowed. Records: ProposalDecided."""
    _put(proposal_id, Stage.WITHDRAWN, ProposalDecided)


@action
def bring_proposal_back(proposal_id: int) -> None:
    """The inverse of `withdraw_proposal`: it waits where it waited, with its votes. Raises: NotAllowed.

    Records: ProposalMade.
    """
    _put(proposal_id, Stage.NEW, ProposalMade)


def _put(proposal_id: int, stage: Stage, fact: type[ProposalFact]) -> None:
    """Raises: NotAllowed. The same again changes nothing."""
    proposal = _held(proposal_id)
    if proposal is None:
        raise Proposal.DoesNotExist
    insist(can_withdraw(proposal))
    if proposal.stage == stage:
        return
    proposal.stage = stage
    proposal.save(update_fields=["stage"])
    _tell(proposal, fact, by=proposal.member)


def _to_decide(proposal_id: int, by: Member) -> Proposal:
    proposal = _held(proposal_id)
    if proposal is None:
        raise Proposal.DoesNotExist
    insist(can_decide_on(by, proposal))
    return proposal


def _held(proposal_id: int) -> Proposal | None:
    held = Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("member")
    return held.filter(pk=proposal_id).first()


def _decide(proposal: Proposal, stage: Stage, *, by: Member, **fields: Any) -> None:
    fields |= {"stage": stage, "decided_by": by, "decided_at": timezone.now()}
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(fields))
    _tell(proposal, ProposalDecided, by=by)


def _tell(proposal: Proposal, fact: type[ProposalFact], *, by: Member | None) -> None:
    record(fact(proposal.pk), streams=[DESK], actor_id=by.pk if by else None)
