"""Feeds for programs. They are a contract: whoever subscribed once is never sent elsewhere."""

from django.urls import URLPattern, path

from webinars.views.calendars import feed, session_file
from webinars.views.own_calendars import own_feed, own_session, speakers_session


def in_every_form(address: str, kind: str) -> list[URLPattern]:
    """As iCalendar, called `kind`, and as JSON and Atom, called `kind-json` and `kind-atom`."""
    return [
        path(f"{address}.ics", feed, {"kind": kind}, name=kind),
        path(f"{address}.json", feed, {"kind": kind, "form": "json"}, name=f"{kind}-json"),
        path(f"{address}.atom", feed, {"kind": kind, "form": "atom"}, name=f"{kind}-atom"),
    ]


app_name = "calendar"
urlpatterns = [
    *in_every_form("all", "all"),
    *in_every_form("theme/<slug:key>", "theme"),
    *in_every_form("tag/<slug:key>", "tag"),
    *in_every_form("spoken/<slug:key>", "spoken"),
    *in_every_form("programme/<slug:key>", "programme"),
    path("session/<id:key>.ics", session_file, name="session"),
    path("me/<str:token>.ics", own_feed, name="own"),
    path("registration/<str:key>.ics", own_session, name="registration"),
    path("speaker/<str:key>.ics", speakers_session, name="speaker"),
    *in_every_form("<slug:key>", "series"),
]
