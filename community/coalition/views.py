"""A city joins the coalition; moderators answer."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.coalition.actions import ask_to_join_coalition, confirm_wish, decline_city, welcome_city
from community.coalition.forms import AnswerForm, JoinCoalitionForm
from community.coalition.keys import wish_id_of
from community.coalition.models import Wish
from community.coalition.queries import unconfirmed_wish, waiting_wishes
from community.coalition.rules import can_ask, can_decide, can_see_wishes
from community.limits import allow
from community.limits.addresses import address_of_request
from community.members.keeping import too_often
from community.members.models import Member
from community.members.places import country_name
from community.members.rulings import insist
from i18n.languages import DEFAULT

TIMES_A_DAY = 5  # one address, or one member
TIMES_AN_HOUR = 20  # one place on the network


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    member = request.user if isinstance(request.user, Member) else None
    insist(can_ask(request.user))
    form = JoinCoalitionForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        if not _may_ask(request, form.cleaned_data["email"]):
            return too_often(request)
        ask_to_join_coalition(member=member, language=get_language() or DEFAULT, **form.cleaned_data)
        return redirect("coalition:asked")
    return render(request, "coalition/join.html", {"form": form})


def _may_ask(request: HttpRequest, email: str) -> bool:
    from_here = allow(f"wish-from:{address_of_request(request)}", times=TIMES_AN_HOUR, seconds=3600)
    return from_here and allow(f"wish:{email}", times=TIMES_A_DAY, seconds=86400)


@require_safe
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "coalition/asked.html", {"demonstration": settings.DEMONSTRATION})


@never_cache
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows a button: programs that look into mails follow links."""
    wish = unconfirmed_wish(wish_id_of(key))
    if wish is None:
        return render(request, "account/link_spent.html", status=404)
    if request.method != "POST":
        return render(request, "coalition/confirm.html", {"wish": wish})
    confirm_wish(wish)
    messages.success(
        request, pgettext("joining the coalition", "Thank you. A moderator reads it now, and we write to you.")
    )
    return redirect("members:cities")


@require_safe
@never_cache
def wishes(request: HttpRequest) -> HttpResponse:
    _insist_on_sight(request)
    found = list(waiting_wishes(request.user))
    for wish in found:
        wish.country_name = country_name(wish.country, get_language() or DEFAULT)  # type: ignore[attr-defined]
    return render(request, "coalition/wishes.html", {"wishes": found})


@never_cache
def answer(request: HttpRequest, wish_id: int) -> HttpResponse:
    by = _insist_on_sight(request)
    wish = get_object_or_404(Wish.objects.filter(pk__in=waiting_wishes(by).values("pk")), pk=wish_id)
    told = ("region", "city_language", "timezone", "population", "hazards")
    form = AnswerForm(request.POST or None, initial={name: getattr(wish, name) for name in told})
    ruling = can_decide(by, wish)
    if request.method == "POST" and form.is_valid():
        if form.declines:
            decline_city(wish, by=by, reason=form.cleaned_data["reason"])
        else:
            welcome_city(wish, by=by, **form.cleaned_data)
        messages.success(request, pgettext("answer to a city", "Your decision is kept, and told by mail."))
        return redirect("coalition:wishes")
    country = country_name(wish.country, get_language() or DEFAULT)
    return render(request, "coalition/answer.html", {"form": form, "wish": wish, "country": country, "ruling": ruling})


def _insist_on_sight(request: HttpRequest) -> Member:
    """Raises: Http404 for who may not see wishes."""
    if not isinstance(request.user, Member) or not can_see_wishes(request.user):
        raise Http404
    return request.user
