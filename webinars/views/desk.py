"""The desk: where organisers plan the schedule. For everybody else it is not there."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, npgettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.members.keeping import signed_out
from community.members.models import City, Member
from community.members.rulings import NotAllowed
from forums.queries.about import thread_about
from i18n.days import weekdays_in_words
from i18n.languages import CODES, DEFAULT
from i18n.zones import zone
from webinars.actions import (
    SessionConflict,
    cancel_session,
    draft_sessions,
    note_attendance,
    plan_session,
    publish_sessions,
    restore_session,
    revise_session,
)
from webinars.changing import Change, cancellation_of, change_by, restoration_of
from webinars.choices import Visibility
from webinars.clocks import regions_in_turn
from webinars.deciding import DecideForm
from webinars.models import Series, Session, State
from webinars.months import SPANS, at_another_time, moved
from webinars.planning import CancelForm, SessionForm, free_slug, initial_of, links_of
from webinars.planning_many import RepeatForm
from webinars.planning_speakers import SpeakerForms, speaker_plans, speakers_of
from webinars.plans import SessionPlan
from webinars.queries import all_series, room_of, time_for_new, waiting_proposals
from webinars.queries.clashes import Clash, clashes_of
from webinars.queries.desk import coming_to, planned_between, planned_page, session_at_desk
from webinars.queries.recipients import messages_to
from webinars.queries.seats import LIVE, STANDING
from webinars.questions import questions_of
from webinars.recurring import Every, comes_twice, dates, looked_at
from webinars.rules import can_announce, can_decide_who_comes, can_note_attendance, is_organiser
from webinars.views.desk_telling import ask_whom_to_tell, typed_here

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CITIES = 6  # whose clocks a preview shows


def index(request: HttpRequest) -> HttpResponse:
    """As a list, or by days: `?view=month&from=2026-12`, `?view=week&from=2026-12-07`."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    every = all_series()
    chosen = next((series for series in every if series.slug == request.GET.get("series")), None)
    context: dict[str, Any] = {"every_series": every, "series": chosen, "proposals": waiting_proposals(organiser)}
    if (view := request.GET.get("view", "")) in SPANS:
        span = SPANS[view](request.GET.get("from", ""))
        sessions = planned_between(span.starts_at, span.ends_at, series=chosen)
        by_days = {"view": view, "span": span, "sessions": sessions, "weeks": span.weeks(sessions)}
        by_days["weekdays"] = weekdays_in_words(span.days[0].weekday())
        return render(request, "webinars/desk/days.html", context | by_days)
    is_past = request.GET.get("when") == "past"
    page = planned_page(request.GET.get("page", "1"), series=chosen, is_past=is_past)
    return render(request, "webinars/desk/index.html", context | {"page": page, "is_past": is_past})


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """What was chosen, or all drafts that its page showed, for everybody."""
    organiser = _insist(request)
    chosen = _ids(request.POST.getlist("draft" if "all" in request.POST else "session"))
    count = publish_sessions(sorted(chosen), to=Visibility.PUBLIC, by=organiser)
    words = npgettext("schedule desk", "%(number)s session is published.", "%(number)s sessions are published.", count)
    messages.success(request, words % {"number": count})
    return redirect("webinars:desk")


def new(request: HttpRequest) -> HttpResponse:
    """A draft from nothing, or from a copy (`?copy=` a session's id)."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    series = get_object_or_404(Series, slug=request.POST.get("series") or request.GET.get("series", ""))
    if request.method == "POST":
        form, speakers = SessionForm(request.POST, assumed=series.usual_time), _speakers(request)
        if form.is_valid() and speakers.is_valid() and not form.refuse_past(None):
            title = next(form.cleaned_data[f"title_{code}"] for code in CODES if form.cleaned_data[f"title_{code}"])
            plan = form.plan(speaker_plans(speakers.cleaned_data), slug=free_slug(series, title))
            planned = at_another_time(Session(series=series), plan.starts_local, plan.timezone, plan.minutes)
            if clashes := _unseen_clashes(request, planned, plan, []):
                return _show_form(request, form, speakers, series=series, clashes=clashes, status=422)
            planned = plan_session(series, plan, by=organiser)
            _say_if_twice(request, plan)
            if planned.ends_at <= timezone.now():
                words = pgettext("schedule desk", "This day is over: the session stands among the past ones.")
                messages.warning(request, words)
            return redirect("webinars:desk-session", planned.pk)
        return _show_form(request, form, speakers, series=series, status=422)
    copied = request.GET.get("copy", "")
    original = session_at_desk(int(copied)) if copied.isdecimal() and len(copied) < 18 else None
    next_at = time_for_new(series)
    usual = {"timezone": series.timezone, "minutes": series.usual_minutes, "languages": series.languages}
    usual |= {"day": next_at.date(), "time": next_at.time()}
    initial = initial_of(original) if original else usual
    initial |= {"visibility": Visibility.DRAFT, "version": None}
    initial |= {"registration_until": "", "room_link": series.usual_room}
    speakers = SpeakerForms(initial=speakers_of(original) if original else [], prefix="speakers")
    form = SessionForm(initial=initial, assumed=series.usual_time)
    return _show_form(request, form, speakers, series=series)


@never_cache
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Where another organiser was quicker, her text stands beside what was typed, which stays.

    With `?day=` the form has that day of the reader's in it. What a new time clashes with is shown before it is saved.
    """
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    session = session_at_desk(session_id)
    if request.method != "POST":
        other = moved(session, request.GET.get("day", ""))
        form = SessionForm(initial=initial_of(other or session) | links_of(session), assumed=_assumed(session))
        speakers = SpeakerForms(initial=speakers_of(session), prefix="speakers")
        return _show_form(request, form, speakers, series=session.series, session=session, moved=other)
    form, speakers = SessionForm(request.POST, assumed=_assumed(session)), _speakers(request)
    if not form.is_valid() or not speakers.is_valid() or form.refuse_past(session.registration_until):
        return _show_form(request, form, speakers, series=session.series, session=session, status=422)
    plan = form.plan(speaker_plans(speakers.cleaned_data), slug=session.slug)
    other = at_another_time(session, plan.starts_local, plan.timezone, plan.minutes)
    if request.POST.get("deed") == "back":
        changed = other if other.starts_at != session.starts_at else None
        return _show_form(request, form, speakers, series=session.series, session=session, moved=changed)
    if not session.is_draft and session.ends_at > timezone.now() >= other.ends_at:  # nobody would be told
        form.add_error("day", pgettext("planning a session", "This time is over already. Choose one to come."))
        return _show_form(request, form, speakers, series=session.series, session=session, status=422)
    if clashes := _unseen_clashes(request, other, plan, clashes_of(session, room=room_of(session))):
        asked: dict[str, Any] = {"moved": other if other.starts_at != session.starts_at else None, "clashes": clashes}
        return _show_form(request, form, speakers, series=session.series, session=session, status=422, **asked)
    version = form.cleaned_data["version"] or 0
    telling = ask_whom_to_tell(request, _change_to_tell(plan, session, version=version))
    if isinstance(telling, HttpResponse):
        return telling
    try:
        revise_session(session.pk, plan, version=version, by=organiser, telling=telling)
    except SessionConflict:
        now = session_at_desk(session_id)
        theirs = SessionForm(initial=initial_of(now) | links_of(now), assumed=_assumed(now))
        form.data = request.POST.copy()  # sent again, it takes the place of theirs, which she has read
        form.data["version"] = str(session.version)
        return _show_form(request, form, speakers, series=session.series, session=session, theirs=theirs, status=409)
    except NotAllowed as refusal:
        form.add_error("visibility", str(refusal.reason))
        return _show_form(request, form, speakers, series=session.series, session=session, status=422)
    messages.success(request, pgettext("schedule desk", "Saved."))
    _say_if_twice(request, plan)
    return redirect("webinars:desk-session", session.pk)


def _speakers(request: HttpRequest) -> Any:
    return SpeakerForms(request.POST, prefix="speakers")


def _assumed(session: Session) -> str:
    """Where it has an assumed time, that one stays, whatever has become usual since."""
    return session.starts_local[11:] if session.is_time_assumed else session.series.usual_time


def _unseen_clashes(request: HttpRequest, planned: Session, plan: SessionPlan, before: list[Clash]) -> list[Clash]:
    """All that it would clash with, if its organiser has not been shown one of them; else none.

    Params: planned, as it would be; before, what it clashes with as it is.
    """
    clashes = clashes_of(planned, names=[speaker.name for speaker in plan.speakers], room=plan.room)
    seen = set(request.POST.getlist("seen")) | {str(each.session.pk) for each in before}
    return clashes if any(str(each.session.pk) not in seen for each in clashes) else []


def _change_to_tell(plan: SessionPlan, session: Session, *, version: int) -> Change | None:
    """None also of a plan that will be refused."""
    is_refused = version != session.version or plan.visibility == Visibility.DRAFT
    return None if is_refused else change_by(plan, session)


def _say_if_twice(request: HttpRequest, plan: SessionPlan) -> None:
    if comes_twice(plan.starts_local, plan.timezone):
        words = pgettext(
            "planning a session",
            "Clocks are put back on that day, and show %(time)s twice. The first of the two is meant: %(utc)s UTC.",
        )
        first = datetime.fromisoformat(plan.starts_local).replace(tzinfo=zone(plan.timezone))
        told = {"time": plan.starts_local[11:16], "utc": first.astimezone(UTC).strftime("%H:%M")}
        messages.warning(request, words % told)


def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    """Asked first; so is its inverse, where people come."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    session = session_at_desk(session_id)
    if request.POST.get("does") == "restore":
        return _restore(request, session, organiser)
    form = CancelForm(request.POST or None)
    if form.is_valid() and request.POST.get("deed") != "back":
        reason = form.cleaned_data["reason"]
        telling = ask_whom_to_tell(request, cancellation_of(session, reason))
        if isinstance(telling, HttpResponse):
            return telling
        cancel_session(session.pk, reason=reason, by=organiser, telling=telling)
        messages.success(request, pgettext("schedule desk", "The session is cancelled."))
        return redirect("webinars:desk-session", session.pk)
    context = {"session": session, "form": form, "kept": typed_here(request)}
    return render(request, "webinars/desk/cancel.html", context, status=422 if form.errors else 200)


def _restore(request: HttpRequest, session: Session, organiser: Member) -> HttpResponse:
    if request.POST.get("deed") != "back":
        telling = ask_whom_to_tell(request, restoration_of(session))
        if isinstance(telling, HttpResponse):
            return telling
        restore_session(session.pk, by=organiser, telling=telling)
        messages.success(request, pgettext("schedule desk", "The session takes place after all."))
    return redirect("webinars:desk-session", session.pk)


def registrations(request: HttpRequest, session_id: int) -> HttpResponse:
    """Who comes; from when it begins on, who came.

    The form says who was ticked as it was shown: two organisers at once take back nothing of each other's.
    """
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    session = session_at_desk(session_id)
    if request.method == "POST":
        came = _ids(request.POST.getlist("came"))
        before = _ids(request.POST.get("before", "").split(","))
        note_attendance(session.pk, came=came - before, not_came=before - came, by=organiser)
        return redirect("webinars:desk-registrations", session.pk)
    return show_registrations(request, session, organiser)


def show_registrations(
    request: HttpRequest, session: Session, organiser: Member, *, status: int = 200, **forms: DecideForm
) -> HttpResponse:
    """Params: forms, `requests` and `declined`, with what was typed beside those who ask and who were declined."""
    language = get_language() or DEFAULT
    people = coming_to(session, language, states=(*STANDING, State.DECLINED))
    coming = [each for each in people if each.standing in LIVE]
    context = {
        "session": session,
        "coming": coming,
        "questions": [each.wording(session, language) for each in questions_of(session)],
        "came": [each.registration_id for each in coming if each.has_come],
        "can_note": can_note_attendance(organiser, session),
        "requests": [each for each in people if each.standing == State.REQUESTED],
        "declined": [each for each in people if each.standing == State.DECLINED],
        "request_form": forms.get("requests") or DecideForm(prefix="requests"),
        "decline_form": forms.get("declined") or DecideForm(prefix="declined"),
        "can_decide": can_decide_who_comes(organiser, session),
        "messages_sent": messages_to(session),
    }
    return render(request, "webinars/desk/registrations.html", context, status=status)


def _ids(words: list[str]) -> set[int]:
    return {int(each) for each in words if each.isdecimal() and len(each) < 18}


def registrations_file(request: HttpRequest, session_id: int) -> HttpResponse:
    """As CSV (RFC 4180) in UTF-8 with its mark, which spreadsheets ask for. No cell begins as a formula would."""
    if organiser_here(request) is None:
        return signed_out(request, back=request.path)
    session = session_at_desk(session_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{session.slug}.csv"'
    response["Cache-Control"] = "private, no-store"
    rows = csv.writer(response)
    language = get_language() or DEFAULT
    asked = [each.wording(session, language).text for each in questions_of(session)]
    rows.writerow([_cell(word) for word in ("name", "city", "language", "state", "email", "asked_at", "came", *asked)])
    for each in coming_to(session, language, states=STANDING):
        words = (
            each.name,
            each.city,
            each.language,
            each.state,
            each.email,
            each.asked_at.isoformat(timespec="seconds"),
            "yes" if each.has_come else "",
            *(answer for _, answer in each.answers),
        )
        rows.writerow([_cell(word) for word in words])
    return response


def _cell(word: str) -> str:
    return f"'{word}" if word.startswith(FORMULA) else word


def repeat(request: HttpRequest) -> HttpResponse:
    """Dates are shown before anything is planned; the same form, sent again with its preview, makes the drafts."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    if request.method != "POST":
        return render(request, "webinars/desk/repeat.html", {"form": RepeatForm(initial=_usual(request))})
    form = RepeatForm(request.POST)
    if not form.is_valid():
        return render(request, "webinars/desk/repeat.html", {"form": form}, status=422)
    given = form.cleaned_data
    local = dates(given["day"], given["time"], Every(given["every"]), given["count"], without=given["without"])
    taken = Session.objects.filter(series=given["series"]).values_list("starts_at", flat=True)
    shown = looked_at(local, given["timezone"], _cities(given["cities"]), taken, language=get_language() or DEFAULT)
    fit = [each.local for each in shown if not (each.is_skipped or each.is_taken)]
    if request.POST.get("deed") == "plan" and fit:
        plans = form.plans(fit)
        draft_sessions(given["series"], [_with_free_slug(given["series"], plan) for plan in plans], by=organiser)
        return redirect("webinars:desk")
    context = {
        "form": form,
        "dates": shown,
        "fit": fit,
        "cities": [each.city for each in shown[0].there] if shown else [],
    }
    return render(request, "webinars/desk/repeat.html", context)


def _with_free_slug(series: Series, plan: SessionPlan) -> SessionPlan:
    return replace(plan, slug=free_slug(series, plan.slug))


def _show_form(
    request: HttpRequest,
    form: SessionForm,
    speakers: Any,
    *,
    series: Series,
    session: Session | None = None,
    theirs: SessionForm | None = None,
    moved: Session | None = None,
    clashes: list[Clash] | None = None,
    status: int = 200,
) -> HttpResponse:
    asks = moved is not None or clashes is not None
    if session and clashes is None:
        clashes = clashes_of(moved or session, room=room_of(session))
    thread = thread_about(request.user, session) if session else None
    context = {
        "form": form,
        "speakers": speakers,
        "thread": thread,
        "announces": session is not None and thread is None and can_announce(request.user, session),
        "series": series,
        "session": session,
        "theirs": theirs,
        "kept": typed_here(request),
        "moved": moved,
        "asks": asks,
        "clashes": clashes or [],
        "now": timezone.now(),
    }
    return render(request, "webinars/desk/session.html", context, status=status)


def _usual(request: HttpRequest) -> dict[str, Any]:
    series = Series.objects.filter(slug=request.GET.get("series", "")).first() or Series.objects.order_by("pk").first()
    if series is None:
        return {}
    at = time_for_new(series)
    usual = {"timezone": series.timezone, "minutes": series.usual_minutes, "languages": series.languages}
    usual |= {"day": at.date(), "time": at.time()}
    return usual | {"series": series.slug, "every": Every.WEEK, "count": 12}


def _cities(chosen: Any) -> list[City]:
    return list(chosen[:CITIES]) or regions_in_turn(City.objects.order_by("pk"))[:CITIES]


def organiser_here(request: HttpRequest) -> Member | None:
    """None for a guest, who may be one. Raises: Http404 for a member who is none."""
    if not isinstance(request.user, Member):
        return None
    if not is_organiser(request.user):
        raise Http404
    return request.user


def _insist(request: HttpRequest) -> Member:
    organiser = organiser_here(request)
    if organiser is None:
        raise Http404
    return organiser
