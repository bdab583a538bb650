"""One-tap deeds of exchanges: buttons of the page's one form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from community.members.keeping import sign_in_first
from forums.actions.exchanges import reopen_exchange, say_met, withdraw_exchange
from forums.queries.exchanges import exchange_for
from forums.rules.exchanges import can_see_exchange
from forums.views.exchanges.card import address_of

DEEDS: dict[str, tuple[Callable[..., Any], Promise | str]] = {
    "withdraw": (
        withdraw_exchange,
        pgettext_lazy("after a deed", "Your request is withdrawn. You may put it back on its page."),
    ),
    "reopen": (reopen_exchange, pgettext_lazy("after a deed", "Your request is on the board again.")),
    "met": (say_met, pgettext_lazy("after a deed", "Good. Now write down together what came of it.")),
}


@require_POST
def exchange_deed(request: HttpRequest, exchange_id: int, deed: str) -> HttpResponse:
    if deed not in DEEDS:
        raise Http404
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=address_of(exchange))
    act, words = DEEDS[deed]
    exchange = act(exchange, by=request.user)
    messages.success(request, str(words))
    return redirect(address_of(exchange) if can_see_exchange(request.user, exchange) else "forums:exchanges")
