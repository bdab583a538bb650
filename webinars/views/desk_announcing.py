"""A session is announced in the forum of its series before its thread opens by itself."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache

from community.members.keeping import signed_out
from community.members.rulings import insist
from community.text.forms import ProseField
from forums.queries.about import thread_about
from webinars.actions import announce_session
from webinars.actions.discussing import opening_of
from webinars.queries.desk import session_at_desk
from webinars.rules import can_announce
from webinars.views.desk import organiser_here


class AnnounceForm(forms.Form):
    body = ProseField(label=pgettext_lazy("announcing a session", "First post"))


@never_cache
def announce(request: HttpRequest, session_id: int) -> HttpResponse:
    """What would stand there by itself is where she begins. Once there is a thread, the page leads to it."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    session = session_at_desk(session_id)
    if thread := thread_about(organiser, session):
        return redirect("forums:thread", thread.pk, thread.slug)
    insist(can_announce(organiser, session))
    opening = opening_of(session)
    form = AnnounceForm(request.POST or None, initial={"body": opening.body})
    if form.is_valid():
        thread = announce_session(session.pk, body=form.cleaned_data["body"], by=organiser)
        messages.success(request, pgettext("announcing a session", "The session is announced."))
        return redirect("forums:thread", thread.pk, thread.slug)
    context = {"session": session, "form": form, "opening": opening, "forum": session.series.forum}
    return render(request, "webinars/desk/announce.html", context, status=422 if form.errors else 200)
