"""Who is at the other end of a socket, by the session cookie, and whether that still holds."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user, get_user_model
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils import timezone


@dataclass(frozen=True)
class Visitor:
    """A guest has no id. Sessions and passwords are compared, so a sign-out or a new password ends the socket."""

    member_id: int | None = None
    handle: str = ""
    name: str = ""
    session_key: str = ""
    password: str = ""  # hashed, as it was when she came


GUEST = Visitor()
KEPT_OUT: list[Callable[[Collection[int]], set[int]]] = []  # who of these members comes no further than her account


def session_key_of(scope: Mapping[str, Any]) -> str:
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return parse_cookie(cookies.decode("latin1")).get(settings.SESSION_COOKIE_NAME, "")


def visitor_of(session_key: str) -> Visitor:
    """Whom this session belongs to, as Django's own middleware would say. Reads, and writes nothing."""
    if not session_key:
        return GUEST
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    member: Any = get_user(request)
    if not member.is_authenticated or not member.is_active or kept_out([member.pk]):
        return GUEST
    return Visitor(member.pk, member.handle, member.name, session_key, member.password)


def kept_out(member_ids: Collection[int]) -> set[int]:
    """Ids of those for whom no page but their account is open: their sockets hear what guests hear."""
    return {pk for rule in KEPT_OUT for pk in rule(member_ids)}


def those_who_left(visitors: Iterable[Visitor]) -> set[Visitor]:
    """Members among them who are signed out, suspended, kept out or have another password by now. Two queries."""
    members = {visitor: visitor.member_id for visitor in visitors if visitor.member_id is not None}
    if not members:
        return set()
    active = get_user_model()._default_manager.filter(pk__in=set(members.values()), is_active=True)
    passwords = dict(active.values_list("pk", "password"))
    sessions = Session.objects.filter(
        session_key__in={visitor.session_key for visitor in members}, expire_date__gt=timezone.now()
    )
    standing = set(sessions.values_list("session_key", flat=True))
    out = kept_out(set(members.values()))
    return {
        visitor
        for visitor, member_id in members.items()
        if visitor.session_key not in standing or passwords.get(member_id) != visitor.password or member_id in out
    }
