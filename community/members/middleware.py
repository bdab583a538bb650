"""Around every request of a member: when her session was last used, and whether she owes a second factor first."""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext

from community.members.actions.places import Use, note_uses
from community.members.choices import SecondFactorFor
from community.members.keeping import is_by_script
from community.members.models import Member
from community.members.rules import lacks_second_factor
from community.members.visits import use_of

GetResponse = Callable[[HttpRequest], HttpResponse]
EVERY_SECONDS = 60.0
STAFF_ROOMS = frozenset({"admin", "moderation"})


class Gathering:
    """The sessions used since the last writing, in this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.begin()

    def begin(self) -> None:
        self.uses: dict[str, Use] = {}
        self.since = time.monotonic()

    def add(self, use: Use) -> None:
        with self.lock:
            self.uses[use.session_key] = use

    def taken_if_due(self) -> list[Use]:
        """All of them, once a minute; else none."""
        if time.monotonic() - self.since < EVERY_SECONDS or not self.lock.acquire(blocking=False):
            return []
        try:
            uses = list(self.uses.values())
            self.begin()
        finally:
            self.lock.release()
        return uses


gathering = Gathering()


class GathersUse:
    """When a session was last used is written once a minute for all, by whoever comes then: no read writes its own."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = request.session.session_key
        if isinstance(request.user, Member) and key:
            gathering.add(use_of(request, key, request.user.pk))
            self.write_if_due()
        return response

    def write_if_due(self) -> None:
        if uses := gathering.taken_if_due():
            try:
                note_uses(uses)
            except DatabaseError:
                pass  # what is known to some minutes may be known to some more


class SecondFactorFirst:
    """Leads her who has to have a second factor to where she sets it up: staff before the rooms of staff,
    everybody before anything where everybody has to. (What roles allow is asked in rules: they sleep meanwhile.)"""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if not self.stands_before(request) or not lacks_second_factor(request.user):
            return None
        if is_by_script(request):
            return JsonResponse({"error": "second-factor"}, status=403)
        messages.warning(request, pgettext("second step", "Please set up a second step for signing in first."))
        return redirect("members:security")

    def stands_before(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        if match is None:
            return False
        if match.app_names and match.app_names[0] in STAFF_ROOMS:
            return True
        is_own_account = "/account/" in f"/{match.route}"  # behind a language's prefix or none
        return settings.SECOND_FACTOR_FOR == SecondFactorFor.ALL and not is_own_account
