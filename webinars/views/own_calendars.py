"""Calendar files of one person: a member's own sessions, and a guest's one session. Who has the address may read it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_safe

from community.following.queries import followed_of_kind
from community.live.keep import SITE, heads_of
from community.mail.links import absolute
from community.members.queries.accounts import present_addresses
from forums.meetings import meeting_event
from forums.queries.exchanges import meetings_of
from i18n.languages import DEFAULT
from i18n.texts import said
from webinars.actions import note_use_of_feed
from webinars.actions.feeds import is_use_to_note
from webinars.calendars import ATTENDEE, calendar, speakers_event, vevent
from webinars.facts import SCHEDULE, attendee_stream, session_stream
from webinars.feeds import BACK, Feed, in_window, midnight
from webinars.followed import SERIES
from webinars.keys import speaker_door_key
from webinars.models import State
from webinars.queries import feed_of_token, hers_among, registration_of_calendar_key, session_of
from webinars.queries.speakers import speaker_of_calendar_key
from webinars.views.calendars import FORM, as_calendar, etag_of, is_current, with_site


@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Sessions that she comes to, speaks in or follows the series of, and meetings that her city has with others."""
    feed = feed_of_token(token)
    if feed is None:
        raise Http404
    if is_use_to_note(feed):
        note_use_of_feed(feed)
    now, member = timezone.now(), feed.member
    heads = heads_of((SCHEDULE, SITE, attendee_stream(feed.member_id)))
    followed, addresses = followed_of_kind(member, SERIES.kind), present_addresses(member)
    meetings = list(meetings_of(feed.member, since=midnight(now) - BACK))
    met = [(each.pk, each.version) for each in meetings]
    hers_besides = (met, sorted(followed), sorted(addresses))
    etag = etag_of(FORM, sorted(heads.items()), hers_besides, midnight(now).date(), request.get_full_path())
    if is_current(request, etag, now):
        return _private(HttpResponseNotModified(), etag)
    name = pgettext("name of a calendar", "My sessions")
    sessions = in_window(member, now, with_all_past=False)
    hers = list(hers_among(sessions, member, addresses))
    others = sessions.filter(series__in=followed).exclude(pk__in=[each.pk for each in hers]) if followed else ()
    found = Feed(name, reverse("sessions:index"), hers)
    language = get_language() or DEFAULT
    besides = [*(vevent(each, language, "") for each in others), *map(meeting_event, meetings)]
    return _private(as_calendar(request, found, name="sessions.ics", audience=ATTENDEE, besides=besides), etag)


@require_safe
def own_session(request: HttpRequest, key: str) -> HttpResponse:
    """The one session that somebody without an account is registered for."""
    registration = registration_of_calendar_key(key)
    if registration is None:
        raise Http404
    now = timezone.now()
    heads = heads_of((SCHEDULE, SITE, session_stream(registration.session_id)))
    etag = etag_of(FORM, sorted(heads.items()), request.get_full_path())
    if is_current(request, etag, now):
        return _private(HttpResponseNotModified(), etag)
    session = session_of(registration)
    title = said(session, "title", get_language() or DEFAULT).text
    is_hers = registration.state == State.REGISTERED  # where she has withdrawn, her calendar takes it out
    found = Feed(title, session.get_absolute_url(), [session] if is_hers else [])
    return _private(as_calendar(request, found, name="session.ics", audience=ATTENDEE), etag)


@require_safe
def speakers_session(request: HttpRequest, key: str) -> HttpResponse:
    """The session in which she speaks, drafts too; it leads to her own door."""
    speaker = speaker_of_calendar_key(key)
    if speaker is None:
        raise Http404
    heads = heads_of((SCHEDULE, SITE, session_stream(speaker.session_id)))
    session, language = session_of(speaker), get_language() or DEFAULT
    etag = etag_of(FORM, sorted(heads.items()), session.version, request.get_full_path())
    if is_current(request, etag, timezone.now()):
        return _private(HttpResponseNotModified(), etag)
    door = absolute("webinars:speaker-door", speaker_door_key(speaker.pk, speaker.link_hash), language=language)
    title = said(session, "title", language).text
    body = calendar(
        name=title,
        description=with_site(title),
        page=door,
        address=f"{settings.PUBLIC_ORIGIN}{request.get_full_path()}",
        events=[speakers_event(session, language, door=door)],
    )
    disposition = {"Content-Disposition": 'inline; filename="session.ics"'}
    return _private(HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=disposition), etag)


def _private(answer: HttpResponse, etag: str) -> HttpResponse:
    """Nobody but the asker keeps it, and asks each time: an address that ended is dead at once."""
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
