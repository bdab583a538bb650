"""Feeds for programs. They are a contract: whoever subscribed once is never sent elsewhere."""

from django.urls import path

from webinars.views.calendars import feed, session_file
from webinars.views.own_calendars import own_feed, own_session, speakers_session

app_name = "calendar"
urlpatterns = [
    path("all.ics", feed, {"kind": "all"}, name="all"),
    path("all.json", feed, {"kind": "all", "form": "json"}, name="all-json"),
    path("all.atom", feed, {"kind": "all", "form": "atom"}, name="all-atom"),
    path("theme/<slug:key>.ics", feed, {"kind": "theme"}, name="theme"),
    path("tag/<slug:key>.ics", feed, {"kind": "tag"}, name="tag"),
    path("spoken/<slug:key>.ics", feed, {"kind": "spoken"}, name="spoken"),
    path("programme/<slug:key>.ics", feed, {"kind": "programme"}, name="programme"),
    path("session/<int:key>.ics", session_file, name="session"),
    path("me/<str:token>.ics", own_feed, name="own"),
    path("registration/<str:key>.ics", own_session, name="registration"),
    path("speaker/<str:key>.ics", speakers_session, name="speaker"),
    path("<slug:key>.ics", feed, {"kind": "series"}, name="series"),
]
