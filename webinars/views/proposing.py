"""Somebody proposes a talk or a speaker, with an account or without one, and reads how it stands."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.limits import allow
from community.limits.addresses import address_of_request
from community.members.models import Member
from community.members.rulings import insist
from i18n.languages import DEFAULT
from webinars.actions import confirm_proposal, propose
from webinars.keys import proposal_key
from webinars.proposing import ProposalForm, begun
from webinars.queries import confirmed_proposal, proposal_of_key, unconfirmed_proposal
from webinars.rules import can_propose
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
            return render(request, "429.html", status=429)
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


@require_safe
@behind_a_link
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Once she has an account with that address, her own list says it."""
    proposal = proposal_of_key(key)
    if proposal is None:
        return render(request, "account/link_spent.html", status=404)
    if proposal.member_id is not None:
        return redirect(reverse("sessions:index") + "#proposals")
    return render(request, "webinars/proposal.html", {"proposal": proposal})
