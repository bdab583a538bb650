"""What somebody has registered for: a guest's page behind a signed link, and a member's list with her calendar."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.limits import allow
from community.members.keeping import too_often
from community.members.models import Member
from i18n.languages import DEFAULT
from i18n.zones import zone
from webinars.actions import (
    accept_offer,
    cancel_registration,
    change_answers,
    change_registration,
    end_feed,
    make_feed,
    register_again,
    renew_link,
)
from webinars.attendees import own_calendar, own_door
from webinars.forms import AnswersForm, ChangeRegistrationForm
from webinars.models import Registration, Session, State
from webinars.queries import (
    channels_for,
    feed_of_member,
    proposals_of,
    registration_of_key,
    registrations_of,
    session_of,
)
from webinars.questions import in_words
from webinars.rules import can_ask_again, can_change_answers, can_join, can_register
from webinars.subscribing import Ways, add_session, subscribe_to
from webinars.views.registering import DEEDS_AN_HOUR, address_of
from webinars.words import standing_in_words

LINKS_A_DAY = 5  # new ones, each with a mail


@never_cache
def registration(request: HttpRequest, key: str) -> HttpResponse:
    """Her own page, in her own time. Once she has an account with that address, the session's page is."""
    registration = registration_of_key(key)
    if registration is None:
        return render(request, "account/link_spent.html", status=404)
    if registration.member_id is not None:
        return redirect(registration.session)
    form = ChangeRegistrationForm(request.POST or None, registration=registration)
    if request.method == "POST" and form.is_valid():
        change_registration(registration.pk, **form.cleaned_data)
        messages.success(request, pgettext("said after a setting was changed", "Your choice is saved."))
        return redirect("webinars:registration", key)
    return _show(request, registration, key, form)


def _show(
    request: HttpRequest,
    registration: Registration,
    key: str,
    form: ChangeRegistrationForm,
    *,
    answers: AnswersForm | None = None,
    status: int = 200,
) -> HttpResponse:
    with timezone.override(zone(registration.timezone)):
        context = own_page(registration, key, form, answers)
        return render(request, "webinars/registration.html", context, status=status)


def own_page(
    registration: Registration, key: str, form: ChangeRegistrationForm, answers: AnswersForm | None
) -> dict[str, object]:
    """Params: answers, as she has typed them just now; None for those that she has given."""
    session, language = session_of(registration), get_language() or DEFAULT
    is_gone = registration.state in (State.CANCELLED, State.DECLINED)
    may_come = can_ask_again(registration, session) and can_register(AnonymousUser(), session)
    may_answer = may_come if is_gone else can_change_answers(registration, session)
    return {
        "key": key,
        "registration": registration,
        "session": session,
        "form": form,
        "standing": standing_in_words(registration),
        "is_registered": registration.state == State.REGISTERED,
        "is_offered": registration.state == State.OFFERED,
        "is_requested": registration.state == State.REQUESTED,
        "is_gone": is_gone,
        "door": own_door(registration, language=language) if can_join(AnonymousUser(), session, registration) else "",
        "channels": channels_for(registration, session, language=language),
        "may_come": may_come,
        "answers": answers or AnswersForm(session=session, answers=registration.answers) if may_answer else None,
        "answered": [] if may_answer else in_words(session, registration.answers, language),
        "calendar": calendar_of(registration, session),
    }


def calendar_of(registration: Registration, session: Session) -> Ways:
    """As for everybody, with the file of her own."""
    return replace(add_session(session), file=own_calendar(registration, language=get_language() or DEFAULT))


@require_POST
@never_cache
def deed(request: HttpRequest, key: str, deed: str) -> HttpResponse:
    registration, do = registration_of_key(key), DEEDS.get(deed)
    if do is None:
        raise Http404
    if registration is None or registration.member_id is not None:
        return render(request, "account/link_spent.html", status=404)
    if not allow(f"registration-deed:{registration.pk}", times=DEEDS_AN_HOUR, seconds=3600):
        return too_often(request)
    return do(request, registration, key)


def _cancel(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    cancel_registration(registration.pk)
    messages.success(request, pgettext("said after a registration is cancelled", "Your registration is cancelled."))
    return redirect(address_of(registration))


def _accept(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    accept_offer(registration.pk)
    messages.success(request, pgettext("how somebody stands to a session", "You are registered."))
    return redirect(address_of(registration))


def _again(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    form = AnswersForm(request.POST, session=registration.session)
    if not form.is_valid():
        return _show_again(request, registration, key, form)
    again = register_again(registration.pk, answers=form.answers)
    messages.success(request, standing_in_words(again or registration))
    return redirect(address_of(registration))


def _answer(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    form = AnswersForm(request.POST, session=registration.session)
    if not form.is_valid():
        return _show_again(request, registration, key, form)
    change_answers(registration.pk, answers=form.answers)
    messages.success(request, pgettext("said after answers were changed", "Your answers are saved."))
    return redirect(address_of(registration))


def _show_again(request: HttpRequest, registration: Registration, key: str, answers: AnswersForm) -> HttpResponse:
    form = ChangeRegistrationForm(registration=registration)
    return _show(request, registration, key, form, answers=answers, status=422)


def _renew(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    if not allow(f"registration-link:{registration.pk}", times=LINKS_A_DAY, seconds=86400):
        return too_often(request)
    renew_link(registration.pk)
    messages.success(
        request, pgettext("said after a link was replaced", "The new link is on its way to you; this one has ended.")
    )
    return redirect(registration.session)


DEEDS: dict[str, Callable[[HttpRequest, Registration, str], HttpResponse]] = {
    "cancel": _cancel,
    "accept": _accept,
    "again": _again,
    "answer": _answer,
    "renew": _renew,
}


@require_safe
@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    return render(request, "webinars/own.html", own_list(reader(request)))


@require_POST
@never_cache
@login_required
def feed(request: HttpRequest) -> HttpResponse:
    """A new address, which is shown on this answer and nowhere else; or the end of the one that there is."""
    member = reader(request)
    if "end" in request.POST:
        end_feed(by=member)
        messages.success(request, pgettext("said after a link ended", "The link to your calendar has ended."))
        return redirect("sessions:index")
    token = make_feed(by=member)
    name = pgettext("name of a calendar", "My sessions")
    ways = subscribe_to(reverse("calendar:own", args=[token]), name=name)
    return render(request, "webinars/own.html", own_list(member) | {"made": ways})


def own_list(member: Member) -> dict[str, object]:
    rows = [(each, standing_in_words(each, place=place)) for each, place in registrations_of(member)]
    return {"rows": rows, "feed": feed_of_member(member), "proposals": proposals_of(member)}


def reader(request: HttpRequest) -> Member:
    """Signed in: every view here asks for it."""
    assert isinstance(request.user, Member)  # noqa: S101 - for the type checker only
    return request.user
