"""A member's own sessions."""

from django.urls import path

from webinars.views import own, proposing

app_name = "sessions"
urlpatterns = [
    path("", own.sessions, name="index"),
    path("proposals/<id:proposal_id>/", proposing.own_deed, name="proposal-deed"),
    path("feed/", own.feed, name="feed"),
]
