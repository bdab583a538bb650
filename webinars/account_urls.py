"""A member's own sessions."""

from django.urls import path

from webinars.views import own

app_name = "sessions"
urlpatterns = [
    path("", own.sessions, name="index"),
    path("feed/", own.feed, name="feed"),
]
