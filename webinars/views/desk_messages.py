"""An organiser writes to those who come to a session. What goes out is what was shown."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import npgettext, pgettext
from django.views.decorators.cache import never_cache

from community.limits import allow
from community.mail.queries import refused_addresses
from community.members.keeping import signed_out
from community.members.models import Member
from community.members.rulings import insist
from webinars import letters
from webinars.actions import write_message
from webinars.models import Audience, Session
from webinars.queries.desk import session_at_desk
from webinars.queries.recipients import STATES, recipients_of
from webinars.rules import can_write_to_attendees
from webinars.telling import MessageForm, print_of
from webinars.views.desk import organiser_here
from webinars.views.desk_telling import Typed, mails_to, typed

MESSAGES_AN_HOUR = 10  # of one organiser


@never_cache
def write(request: HttpRequest, session_id: int) -> HttpResponse:
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    session = session_at_desk(session_id)
    insist(can_write_to_attendees(organiser, session))
    audience = next((each for each in Audience if each == request.POST.get("audience")), Audience.REGISTERED)
    recipients = recipients_of(session, STATES[audience], without=refused_addresses())
    form = MessageForm(
        request.POST or None,
        recipients=recipients,
        original=session.original_language,
        initial={"audience": audience, "token": uuid4().hex},
    )
    context = {"session": session, "form": form, "recipients": recipients, "typed": _not_asked(request, form)}
    if form.is_valid():
        letter = letters.message(form.subjects)
        mails = mails_to(recipients, letter, session=session, notes=form.texts)
        seen = print_of([mail for _, mail in mails], to=audience)
        is_seen = request.POST.get("mails-seen") == seen
        if mails and is_seen and request.POST.get("deed") == "send" and _send(request, session, form, organiser):
            return redirect(reverse("webinars:desk-registrations", args=[session.pk]) + "#messages")
        context |= {"mails": mails, "seen": seen}
    return render(request, "webinars/desk/write.html", context, status=422 if form.errors else 200)


def _send(request: HttpRequest, session: Session, form: MessageForm, organiser: Member) -> bool:
    """False where she has written too often in this hour, which the form says."""
    if not allow(f"session-message:{organiser.pk}", times=MESSAGES_AN_HOUR, seconds=3600):
        words = pgettext(
            "writing to those who come", "You have written very often in this hour. Nothing is lost: send it later."
        )
        form.add_error(None, words)
        return False
    message = write_message(
        session,
        audience=Audience(form.cleaned_data["audience"]),
        subjects=form.subjects,
        texts=form.texts,
        token=form.cleaned_data["token"],
        by=organiser,
    )
    if (message.subjects, message.texts) != (form.subjects, form.texts):
        words = pgettext(
            "writing to those who come", "This form was sent before, in other words. What it says now has not gone out."
        )
        messages.warning(request, words)
        return True
    words = npgettext(
        "writing to those who come",
        "%(number)s mail is on its way.",
        "%(number)s mails are on their way.",
        message.count,
    )
    messages.success(request, words % {"number": message.count})
    return True


def _not_asked(request: HttpRequest, form: MessageForm) -> Typed:
    """What she has typed in languages that nobody reads of those whom she has chosen now."""
    return [each for each in typed(request) if each[0].startswith(("subject_", "text_")) and each[0] not in form.fields]
