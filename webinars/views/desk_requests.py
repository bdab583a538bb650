"""Organisers decide about those who ask to come."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import npgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from webinars.actions import approve_requests, decline_requests, take_decline_back
from webinars.deciding import DecideForm
from webinars.queries.desk import session_at_desk
from webinars.views.desk import organiser_here, show_registrations


@require_POST
@never_cache
def decide(request: HttpRequest, session_id: int, deed: str) -> HttpResponse:
    """Whom somebody else has decided about meanwhile is passed over."""
    organiser = organiser_here(request)
    if organiser is None or deed not in DEEDS:
        raise Http404
    session = session_at_desk(session_id)
    prefix, do = DEEDS[deed]
    form = DecideForm(request.POST, prefix=prefix)
    if not form.is_valid():
        return show_registrations(request, session, organiser, status=422, **{prefix: form})
    count = do(session.pk, chosen=form.chosen, by=organiser, note=form.texts)
    messages.success(request, _said(deed, count))
    return redirect("webinars:desk-registrations", session.pk)


def _said(deed: str, count: int) -> str:
    if deed == "decline":
        words = npgettext(
            "deciding who comes", "%(number)s person is declined.", "%(number)s people are declined.", count
        )
    else:
        words = npgettext(
            "deciding who comes", "%(number)s person is approved.", "%(number)s people are approved.", count
        )
    return words % {"number": count}


DEEDS: dict[str, tuple[str, Callable[..., int]]] = {
    "approve": ("requests", approve_requests),
    "decline": ("requests", decline_requests),
    "approve-after-all": ("declined", take_decline_back),
}
