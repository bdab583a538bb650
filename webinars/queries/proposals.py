"""What is proposed, for those who decide and for whoever proposed it."""

from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from community.members.models import Member
from community.members.rulings import Viewer
from webinars.keys import CONFIRM_WITHIN, of_proposal_key, proposal_to_confirm
from webinars.models import Opinion, Proposal, ProposalVote, Series, Session, Stage
from webinars.plans import wall_time
from webinars.rules import seeable_proposals

ON_A_PAGE = 50
AHEAD = timedelta(weeks=6)  # for what was accepted today, unless an organiser says otherwise
USUAL_TIME = "13:00"  # in a series that says none and has no session


def proposals_page(viewer: Viewer, number: str, *, stage: Stage) -> Page[Proposal]:
    """What waits, the oldest first; what is decided, the latest first. Each with its votes, as `tallied` counts."""
    found = tallied(seeable_proposals(viewer).filter(stage=stage)).select_related("series", "member", "city")
    return Paginator(found.order_by("pk" if stage == Stage.NEW else "-decided_at"), ON_A_PAGE).get_page(number)


def tallied(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With `yes_votes`, `maybe_votes` and `no_votes`."""
    counts = {f"{opinion}_votes": Count("votes", filter=Q(votes__opinion=opinion)) for opinion in Opinion.values}
    return proposals.annotate(**counts)


def proposal_at_desk(viewer: Viewer, proposal_id: int) -> Proposal:
    """With its votes in `votes`, the first given first. Raises: Http404."""
    votes = Prefetch("votes", ProposalVote.objects.select_related("organiser").order_by("pk"))
    found = tallied(seeable_proposals(viewer)).select_related(
        "series", "member", "city", "decided_by", "session__series"
    )
    return get_object_or_404(found.prefetch_related(votes, "themes"), pk=proposal_id)


def waiting_proposals(viewer: Viewer) -> int:
    """How many are to be decided."""
    return seeable_proposals(viewer).filter(stage=Stage.NEW).count()


def proposals_of(member: Member) -> list[Proposal]:
    """Hers, the latest first."""
    hers = Proposal.objects.filter(member=member).exclude(stage=Stage.UNCONFIRMED)
    return list(hers.select_related("session__series").order_by("-pk"))


def unconfirmed_proposal(key: str) -> Proposal | None:
    oldest = timezone.now() - CONFIRM_WITHIN
    asked = Proposal.objects.filter(stage=Stage.UNCONFIRMED, made_at__gte=oldest)
    return asked.filter(pk=proposal_to_confirm(key) or 0).first()


def confirmed_proposal(key: str) -> Proposal | None:
    """What was confirmed by this key before."""
    return Proposal.objects.exclude(stage=Stage.UNCONFIRMED).filter(pk=proposal_to_confirm(key) or 0).first()


def proposal_of_key(key: str) -> Proposal | None:
    """A guest's or, since she has an account, a member's."""
    found = Proposal.objects.filter(pk=of_proposal_key(key) or 0).exclude(stage=Stage.UNCONFIRMED)
    return found.select_related("session__series").first()


def time_for_new(series: Series | None) -> datetime:
    """A first guess at when a new session of this series could be, as a wall clock in its zone: some weeks ahead, on
    its usual weekday and at its usual time, or those of its last session, on a day on which it has none. Two queries.
    """
    earliest = (timezone.now() + AHEAD).date()
    if series is None:
        return datetime.fromisoformat(f"{earliest}T{USUAL_TIME}")
    sessions = Session.objects.filter(series=series, cancelled_at=None)
    last = sessions.order_by("-starts_at").first()
    before = wall_time(last.starts_at, series.timezone) if last else f"{earliest}T{USUAL_TIME}"
    weekday = series.usual_weekday or date.fromisoformat(before[:10]).isoweekday()
    taken = {
        wall_time(starts_at, series.timezone)[:10]
        for starts_at in sessions.filter(starts_at__gt=timezone.now()).values_list("starts_at", flat=True)
    }
    day = earliest + timedelta(days=(weekday - earliest.isoweekday()) % 7)
    while day.isoformat() in taken:
        day += timedelta(weeks=1)
    return datetime.fromisoformat(f"{day}T{series.usual_time or before[11:]}")
