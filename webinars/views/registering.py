"""Somebody registers for a session: by one tap with an account, by a form and a mail without."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from community.limits import allow
from community.limits.addresses import address_of_request
from community.members.keeping import sign_in_first, too_often
from community.members.models import Member
from community.members.rulings import insist
from i18n.languages import DEFAULT
from webinars.actions import (
    accept_offer,
    ask_to_register,
    cancel_registration,
    change_answers,
    change_registration,
    confirm_registration,
    register,
)
from webinars.forms import AnswersForm, RegisterForm, RemindersForm
from webinars.keys import own_key
from webinars.models import Registration, Session
from webinars.queries import get_session, registration_of, registration_to_confirm, seats_of
from webinars.questions import Answers
from webinars.rules import can_register
from webinars.words import standing_in_words

MAILS_A_DAY = 10  # to one address
TIMES_AN_HOUR = 60  # from one place on the network: a city hall may be one
DEEDS_AN_HOUR = 30  # each may write a mail to somebody


@csrf_exempt
@never_cache
def register_guest(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    """Without an account, whoever is signed in: so it needs no token, and stands on pages that are kept for guests."""
    _insist_on_our_form(request)
    session = get_session(request.user, series_slug, slug)
    form = RegisterForm(request.POST or None, session=session, initial={"language": get_language() or DEFAULT})
    if request.method == "POST" and form.is_valid():
        insist(can_register(request.user, session))
        told = form.about_her
        if not _may_ask(request, told["email"]):
            return too_often(request)
        ask_to_register(session, timezone_name=told.pop("timezone"), answers=form.answers, **told)
        return redirect("webinars:asked")
    ruling = can_register(request.user, session)
    context = {"session": session, "form": form, "why_not": ruling.reason, "seats": seats_of(session.pk)}
    return render(request, "webinars/register.html", context)


def _insist_on_our_form(request: HttpRequest) -> None:
    """Raises: PermissionDenied for another site's, by what browsers say of themselves."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin is not None and origin not in settings.ALLOWED_ORIGINS:
        raise PermissionDenied(pgettext("why not", "This form was sent by another site."))


def _may_ask(request: HttpRequest, email: str) -> bool:
    from_here = allow(f"registration-from:{address_of_request(request)}", times=TIMES_AN_HOUR, seconds=3600)
    return from_here and allow(f"registration:{email}", times=MAILS_A_DAY, seconds=86400)


@require_safe
@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "webinars/asked.html", {"demonstration": settings.DEMONSTRATION})


@never_cache
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows a button: programs that look into mails follow links."""
    asked = registration_to_confirm(key)
    if asked is None:
        return render(request, "account/link_spent.html", status=404)
    if request.method != "POST":
        return render(request, "webinars/confirm.html", {"registration": asked, "session": asked.session})
    registration = confirm_registration(asked.pk)
    if registration is None:
        return render(request, "account/link_spent.html", status=404)
    messages.success(request, standing_in_words(registration))
    if registration.member_id is not None:
        return redirect(asked.session)
    return redirect(address_of(registration))


@require_POST
def attend(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    """A member's deed, by the button that she pressed; back to the session."""
    session = get_session(request.user, series_slug, slug)
    here = session.get_absolute_url()
    if not isinstance(request.user, Member):
        return sign_in_first(request, back=here)
    name = request.POST.get("deed", "")
    if (deed := DEEDS.get(name)) is None:
        raise Http404
    if not allow(f"attending:{request.user.pk}", times=DEEDS_AN_HOUR, seconds=3600):
        return too_often(request)
    form = AnswersForm(request.POST, session=session)
    if name in ASKING and not form.is_valid():
        context = {"session": session, "form": form, "deed": name}
        return render(request, "webinars/answers.html", context, status=422)
    messages.success(request, deed(request, session, request.user))
    return redirect(here)


def _register(request: HttpRequest, session: Session, member: Member) -> str:
    return standing_in_words(register(session.pk, by=member, answers=_answers(request, session)))


def _answer(request: HttpRequest, session: Session, member: Member) -> str:
    change_answers(_own(session, member).pk, answers=_answers(request, session), by=member)
    return pgettext("said after answers were changed", "Your answers are saved.")


def _answers(request: HttpRequest, session: Session) -> Answers:
    """Of a form that is right."""
    form = AnswersForm(request.POST, session=session)
    form.full_clean()
    return form.answers


def _cancel(request: HttpRequest, session: Session, member: Member) -> str:
    cancel_registration(_own(session, member).pk, by=member)
    return pgettext("said after a registration is cancelled", "Your registration is cancelled.")


def _accept(request: HttpRequest, session: Session, member: Member) -> str:
    accept_offer(_own(session, member).pk, by=member)
    return pgettext("how somebody stands to a session", "You are registered.")


def _remind(request: HttpRequest, session: Session, member: Member) -> str:
    form = RemindersForm(request.POST)
    form.full_clean()
    change_registration(_own(session, member).pk, **form.cleaned_data)
    return pgettext("said after a setting was changed", "Your choice is saved.")


DEEDS: dict[str, Callable[[HttpRequest, Session, Member], str]] = {
    "register": _register,
    "answer": _answer,
    "cancel": _cancel,
    "accept": _accept,
    "remind": _remind,
}
ASKING = ("register", "answer")  # these carry answers to the session's questions


def _own(session: Session, member: Member) -> Registration:
    registration = registration_of(member, session)
    if registration is None:
        raise Http404
    return registration


def address_of(registration: Registration) -> str:
    """Of a guest's own page, in the page's language."""
    return reverse("webinars:registration", args=[own_key(registration.pk, registration.link_number)])
