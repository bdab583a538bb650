"""Somebody proposes a talk or a speaker, with an account or without one, and reads how it stands."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.limits import allow
from community.limits.addresses import address_of_request
from community.members.keeping import too_often
from community.members.models import Member
from community.members.rulings import insist
from i18n.languages import DEFAULT
from webinars.actions import bring_proposal_back, confirm_proposal, propose, withdraw_proposal
from webinars.keys import proposal_key
from webinars.models import Proposal, Stage
from webinars.proposing import ProposalForm, begun
from webinars.queries import confirmed_proposal, proposal_of_key, unconfirmed_proposal
from webinars.rules import can_propose, can_withdraw
from webinars.views.linked import behind_a_link

TIMES_A_DAY = 10  # to one address, or of one member
TIMES_AN_HOUR = 60  # from one place on the network: a city hall may be one


@never_cache
def form(request: HttpRequest) -> HttpResponse:
    insist(can_propose(request.user))
    member = request.user if isinstance(request.user, Member) else None
    form = ProposalForm(request.POST or None, member=member, initial=begun(member))
    if request.method == "POST" and form.is_valid():
        if not _may_ask(request, member.email if member else form.cleaned_data["email"]):
            return too_often(request)
        propose(member=member, mail_language=get_language() or DEFAULT, **form.cleaned_data)
        if member is None:
            return redirect("webinars:proposal-asked")
        messages.success(
            request, pgettext("proposing a talk", "Thank you. Organisers read it now, and we write to you.")
        )
        return redirect(reverse("sessions:index") + "#proposals")
    return render(request, "webinars/propose.html", {"form": form}, status=422 if form.errors else 200)


def _may_ask(request: HttpRequest, email: str) -> bool:
    from_here = allow(f"proposal-from:{address_of_request(request)}", times=TIMES_AN_HOUR, seconds=3600)
    return from_here and allow(f"proposal:{email}", times=TIMES_A_DAY, seconds=86400)


@require_safe
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "webinars/proposal_asked.html", {"demonstration": settings.DEMONSTRATION})


@behind_a_link
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows a button: programs that look into mails follow links."""
    asked = unconfirmed_proposal(key)
    if asked is None and (confirmed := confirmed_proposal(key)):  # she follows the link in her mail once more
        return redirect("webinars:proposal", proposal_key(confirmed.pk))
    if asked is None:
        return render(request, "account/link_spent.html", status=404)
    if request.method != "POST":
        return render(request, "webinars/proposal_confirm.html", {"proposal": asked})
    proposal = confirm_proposal(asked.pk)
    if proposal is None:
        return render(request, "account/link_spent.html", status=404)
    messages.success(request, pgettext("proposing a talk", "Thank you. Organisers read it now, and we write to you."))
    if proposal.member_id is not None:
        return redirect("webinars:index")
    return redirect("webinars:proposal", proposal_key(proposal.pk))


@behind_a_link
def state(request: HttpRequest, key: str) -> HttpResponse:
    """How it stands, and to withdraw it or to bring it back. Once she has an account with that address, her own list
    says it."""
    proposal = proposal_of_key(key)
    if proposal is None:
        return render(request, "account/link_spent.html", status=404)
    if proposal.member_id is not None:
        return redirect(reverse("sessions:index") + "#proposals")
    if request.method == "POST":
        _withdraw_or_back(request, proposal)
        return redirect("webinars:proposal", key)
    return render(request, "webinars/proposal.html", {"proposal": proposal, "can_withdraw": can_withdraw(proposal)})


@require_POST
@never_cache
@login_required
def own_deed(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """A member's own, from her list."""
    proposal = get_object_or_404(Proposal.objects.exclude(stage=Stage.UNCONFIRMED), pk=proposal_id, member=request.user)
    _withdraw_or_back(request, proposal)
    return redirect(reverse("sessions:index") + "#proposals")


def _withdraw_or_back(request: HttpRequest, proposal: Proposal) -> None:
    """Raises: NotAllowed, Http404 for a deed that there is not."""
    if (deed := request.POST.get("deed")) not in ("withdraw", "back"):
        raise Http404
    if deed == "back":
        bring_proposal_back(proposal.pk)
        messages.success(request, pgettext("withdrawing a proposal", "Organisers read it again."))
        return
    withdraw_proposal(proposal.pk)
    messages.success(request, pgettext("withdrawing a proposal", "Your proposal is withdrawn. You can bring it back."))
