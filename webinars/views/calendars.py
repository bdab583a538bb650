"""The schedule for programs: iCalendar, JSON, Atom. Who asks again for what did not change is told so for nothing."""

import json
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import reduce
from hashlib import blake2b
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from community.facts.models import StreamEntry
from community.live.keep import SITE, keep
from i18n.languages import DEFAULT
from i18n.texts import said
from webinars.calendars import calendar, describe, summary, tags_of, vevent
from webinars.facts import SCHEDULE
from webinars.feeds import Feed, exists, feed_for, midnight, session_feed
from webinars.models import Session, Speaker
from webinars.queries import session_to_read

FORM = 4  # step it where the same rows shall give other bytes


@require_safe
def feed(request: HttpRequest, kind: str, key: str = "", form: str = "ics") -> HttpResponse:
    """A feed's version is the schedule's number, the day and its address: known without a session being read."""
    now = timezone.now()
    heads = keep(request, SCHEDULE, until=midnight(now) + timedelta(days=1))
    etag = etag_of(FORM, heads[SCHEDULE], heads[SITE], midnight(now).date(), request.get_full_path())
    changed_by = end_of_second(max([midnight(now), *_last_facts(heads, (SCHEDULE, SITE))]))
    if is_current(request, etag, changed_by) and exists(kind, key):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        found = feed_for(kind, key, now=now, with_all_past=request.GET.get("past") == "all")
        answer = FORMS[form](request, found, name=f"{key or kind}.{form}")
    answer.headers["ETag"] = etag
    if changed_by <= now:
        answer.headers["Last-Modified"] = http_date(changed_by.timestamp())
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def session_file(request: HttpRequest, key: int) -> HttpResponse:
    """One session's file; to a member also of a session that not everybody may see, and then for her alone."""
    if not request.user.is_authenticated or exists("session", str(key)):
        return feed(request, "session", str(key))
    found = session_feed(session_to_read(request.user, key))
    answer = as_calendar(request, found, name=f"{key}.ics")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def etag_of(*parts: object) -> str:
    return f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def end_of_second(moment: datetime) -> datetime:
    """A date on a feed has whole seconds: what is dated by the end of one, when it is over, holds all of it."""
    return moment.replace(microsecond=0) + timedelta(seconds=1)


def is_current(request: HttpRequest, etag: str, changed_by: datetime) -> bool:
    """RFC 9110, 13.2.2. Compressed bytes have a tag of their own, which is as good; a weak one is, too."""
    if (told := request.headers.get("If-None-Match")) is not None:
        tags = {tag.removeprefix("W/").replace('-gzip"', '"') for tag in parse_etags(told)}
        return "*" in tags or etag in tags
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and changed_by.timestamp() <= since <= time.time()


def _last_facts(heads: dict[str, int], streams: Iterable[str]) -> list[datetime]:
    """When each of these streams stepped last, what was taken off the schedule included; not where that is long ago."""
    last = reduce(or_, (Q(stream=stream, seq=heads[stream]) for stream in streams))
    return list(StreamEntry.objects.filter(last).values_list("fact__at", flat=True))


def as_calendar(
    request: HttpRequest, found: Feed, *, name: str, audience: str = "", besides: Iterable[str] = ()
) -> HttpResponse:
    """Params: besides, VEVENTs of what is no session."""
    language = get_language() or DEFAULT
    body = calendar(
        name=found.name,
        description=with_site(found.name),
        page=absolute(found.page),
        address=absolute(request.get_full_path()),
        events=[*(vevent(session, language, audience) for session in found.sessions), *besides],
    )
    disposition = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=disposition)


def with_site(name: str) -> str:
    """Many a feed's name begins with the site's already."""
    return name if name.startswith(settings.SITE_NAME) else f"{settings.SITE_NAME} · {name}"


def as_json(request: HttpRequest, found: Feed, *, name: str) -> HttpResponse:
    language = get_language() or DEFAULT
    told = {"name": found.name, "language": language, "sessions": [_told(each, language) for each in found.sessions]}
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json; charset=utf-8")


def _spoken(speaker: Speaker, language: str) -> dict[str, object]:
    place = said(speaker.city, "name", language).text if speaker.city else speaker.place
    return {"name": speaker.name, "role": speaker.role, "place": place, "talk": speaker.talk_title}


def _told(session: Session, language: str) -> dict[str, object]:
    title, abstract = said(session, "title", language), said(session, "abstract", language)
    return {
        "uid": str(session.uid),
        "url": absolute(session.get_absolute_url()),
        "join_url": absolute(session.get_join_url()),
        "series": session.series.slug,
        "number": session.number,
        "kind": session.kind,
        "title": title.text,
        "title_language": title.language,
        "abstract": abstract.text,
        "abstract_language": abstract.language,
        "languages": session.languages,
        "interpretation": session.interpreted,
        "tags": session.themes,
        "co_hosts": session.co_hosts,
        "speakers": [_spoken(each, language) for each in session.speakers.all()],
        "starts_at": _instant(session.starts_at),
        "ends_at": _instant(session.ends_at),
        "timezone": session.timezone,
        "is_time_assumed": session.is_time_assumed,
        "status": "cancelled" if session.cancelled_at else "confirmed",
        "sequence": session.sequence,
        "changed_at": _instant(session.changed_at),
    }


def as_atom(request: HttpRequest, found: Feed, *, name: str) -> HttpResponse:
    """RFC 4287; an entry is a session, newest change first."""
    language = get_language() or DEFAULT
    atom = Atom1Feed(
        title=found.name,
        link=absolute(found.page),
        description="",
        language=language,
        feed_url=absolute(request.get_full_path()),
    )
    for session in sorted(found.sessions, key=lambda each: each.changed_at, reverse=True):
        page = absolute(session.get_absolute_url())
        atom.add_item(
            title=summary(session, language),
            link=page,
            description=linebreaks(describe(session, language, page), autoescape=True),
            unique_id=session.uid.urn,
            pubdate=session.created_at,
            updateddate=session.changed_at,
            categories=tags_of(session),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


FORMS: dict[str, Callable[..., HttpResponse]] = {"ics": as_calendar, "json": as_json, "atom": as_atom}


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{path}"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
