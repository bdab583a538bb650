"""What is proposed: organisers read, vote, accept and decline. For everybody else it is not there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members.keeping import signed_out
from community.members.models import Member
from community.members.rulings import insist
from webinars.actions import accept_proposal, decline_proposal, take_vote_back, vote_on_proposal
from webinars.models import Opinion, Proposal, Series, Stage
from webinars.proposing import AcceptForm, DeclineForm, VoteForm
from webinars.queries import proposal_at_desk, proposals_page, time_for_new
from webinars.rules import can_decide_on
from webinars.views.desk import organiser_here

STAGES = (Stage.NEW, Stage.ACCEPTED, Stage.DECLINED)


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """A stage that there is not is the first."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    stage = next((each for each in STAGES if each == request.GET.get("stage")), Stage.NEW)
    page = proposals_page(organiser, request.GET.get("page", "1"), stage=stage)
    return render(request, "webinars/desk/proposals.html", {"page": page, "stage": stage, "stages": STAGES})


@require_safe
@never_cache
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    return _show(request, proposal_at_desk(organiser, proposal_id), organiser)


@require_POST
@never_cache
def deed(request: HttpRequest, proposal_id: int, deed: str) -> HttpResponse:
    """What is wrong is said beside its field, on the page of the proposal."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path.removesuffix(f"{deed}/"))
    do = DEEDS.get(deed)
    if do is None:
        raise Http404
    found = proposal_at_desk(organiser, proposal_id)
    insist(can_decide_on(organiser, found))
    wrong = do(request, found, organiser)
    if wrong:
        return _show(request, found, organiser, status=422, **wrong)
    return redirect("webinars:desk-proposal", found.pk)


Wrong = dict[str, Any]  # forms that could not be taken, by the name that the page has for them


def _vote(request: HttpRequest, proposal: Proposal, by: Member) -> Wrong:
    if "back" in request.POST:
        take_vote_back(proposal.pk, by=by)
        messages.success(request, pgettext("an organiser's vote on a proposal", "Your vote is taken back."))
        return {}
    form = VoteForm(request.POST)
    if not form.is_valid():
        return {"vote": form}
    given = form.cleaned_data
    vote_on_proposal(proposal.pk, by=by, opinion=Opinion(given["opinion"]), note=given["note"])
    messages.success(request, pgettext("an organiser's vote on a proposal", "Your vote is kept."))
    return {}


def _accept(request: HttpRequest, proposal: Proposal, by: Member) -> Wrong:
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return {"accept": form}
    accept_proposal(proposal.pk, series=form.cleaned_data["series"], plan=form.plan(proposal), by=by)
    messages.success(
        request, pgettext("accepting a proposal", "Accepted, and told by mail. Its draft stands at the desk.")
    )
    return {}


def _decline(request: HttpRequest, proposal: Proposal, by: Member) -> Wrong:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return {"decline": form}
    decline_proposal(proposal.pk, reason=form.cleaned_data["reason"], by=by)
    messages.success(request, pgettext("declining a proposal", "Declined, and told by mail."))
    return {}


DEEDS = {"vote": _vote, "accept": _accept, "decline": _decline}


def _show(
    request: HttpRequest, proposal: Proposal, organiser: Member, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Params: forms, by name, those that were sent and are wrong."""
    ruling = can_decide_on(organiser, proposal)
    own = next((each for each in proposal.votes.all() if each.organiser_id == organiser.pk), None)
    context = {"proposal": proposal, "ruling": ruling, "own": own}
    if ruling:
        voted = {"opinion": own.opinion, "note": own.note} if own else {}
        context |= {"vote": VoteForm(initial=voted), "accept": _first_acceptance(proposal), "decline": DeclineForm()}
    return render(request, "webinars/desk/proposal.html", context | forms, status=status)


def _first_acceptance(proposal: Proposal) -> AcceptForm:
    series = proposal.series or Series.objects.order_by("pk").first()
    at = time_for_new(series)
    return AcceptForm(initial={"series": series.slug if series else None, "day": at.date(), "time": at.time()})
