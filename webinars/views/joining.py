"""The page before the room of a session: it asks who one is, and says from when on it is open."""

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.checks import origin_of
from community.members.models import Member
from i18n.languages import DEFAULT
from i18n.zones import zone
from webinars.models import Registration, Session
from webinars.queries import get_session, registration_of, registration_of_join_key, session_of
from webinars.queries.speakers import speaker_of_door_key
from webinars.rooms import Door, Guest, door_of, door_of_speaker
from webinars.rules import can_join
from webinars.views.linked import behind_a_link


@require_safe
@never_cache
def join(request: HttpRequest, series_slug: str, slug: str) -> HttpResponse:
    """In calendars its address stands where a meeting's link would."""
    session = get_session(request.user, series_slug, slug)
    member = request.user if isinstance(request.user, Member) else None
    own = registration_of(member, session) if member else None
    return _show(request, session, own, name=member.name if member else "")


@require_safe
@behind_a_link
def join_by_link(request: HttpRequest, key: str) -> HttpResponse:
    """Without an account, by the link in her mails; in her own time."""
    registration = registration_of_join_key(key)
    if registration is None:
        return render(request, "account/link_spent.html", status=404)
    if registration.member_id is not None:
        return redirect("webinars:join", registration.session.series.slug, registration.session.slug)
    with timezone.override(zone(registration.timezone)):
        return _show(request, session_of(registration), registration, name=registration.name)


@require_safe
@behind_a_link
def join_as_speaker(request: HttpRequest, key: str) -> HttpResponse:
    """By the link in her calendar, which opens nothing but the room; by the session's own clocks."""
    speaker = speaker_of_door_key(key)
    if speaker is None:
        return render(request, "webinars/speaker_link_spent.html", status=404)
    session = speaker.session
    with timezone.override(zone(session.timezone)):
        door = door_of_speaker(speaker, language=get_language() or DEFAULT, enters="in" in request.GET)
        return _answer(request, session, door or Door(why_not=can_join(request.user, session, None).reason), None)


def _show(request: HttpRequest, session: Session, own: Registration | None, *, name: str) -> HttpResponse:
    guest = Guest(name, get_language() or DEFAULT, enters="in" in request.GET)
    door = door_of(request.user, session, own, guest)
    return _answer(request, session, door, own)


def _answer(request: HttpRequest, session: Session, door: Door, own: Registration | None) -> HttpResponse:
    context = {"session": session, "door": door, "is_over": session.ends_at <= timezone.now(), "own": own}
    return _framed(request, render(request, "webinars/join.html", context), door)


def _framed(request: HttpRequest, page: HttpResponse, door: Door) -> HttpResponse:
    """With a room in it, it lets in that one site, with camera and microphone."""
    if not door.frame:
        return page
    there = origin_of(settings.BIGBLUEBUTTON_URL or settings.JITSI_URL)
    page.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY_IN_ROOMS % {"there": there}
    framed: HttpResponse = csp_update({"frame-src": [there]})(lambda request: page)(request)
    return framed
