"""Which requests may be answered from kept bytes, and under which key. Whatever is not listed goes to Django."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from community.onehop import Scope
from i18n.languages import CODES, DEFAULT

PREFIX = "(?:/(?:" + "|".join(code for code in CODES if code != DEFAULT) + "))?"
SLUG = r"[\w-]+"
LISTED = tuple(
    (re.compile(PREFIX + path + r"\Z"), frozenset(parameters))
    for path, parameters in (
        ("/", ()),
        ("/forums/", ()),
        (f"/forums/{SLUG}/", ("page", "order", "tag")),
        (rf"/forums/{SLUG}/feed\.atom", ()),
        (f"/threads/[0-9]+/{SLUG}/", ("page",)),
        (f"/tags/{SLUG}/", ("page",)),
        ("/unanswered/", ("page",)),
        ("/exchanges/(?:offers/|outcomes/)?", ("page", "theme", "region", "language")),
        ("/exchanges/offers/[0-9]+/", ()),
        (f"/exchanges/[0-9]+/{SLUG}/(?:outcome/)?", ()),
        ("/cities/", ("region", "language", "programme")),
        (f"/cities/(?!join/|joining/){SLUG}/", ("page",)),
        (f"/organisations/{SLUG}/", ("page",)),
        (f"/members/{SLUG}/", ()),
        (f"/members/{SLUG}/(?:threads|posts|answers)/", ("page",)),
        ("/moderation/log/", ("page",)),
        ("/programmes/", ()),
        (f"/programmes/{SLUG}/", ()),
        ("/webinars/", ("page", "series")),
        ("/webinars/month/", ("from", "series", "zone")),
        (f"/webinars/(?!embed/|month/|propose/){SLUG}/", ("page",)),
        (f"/webinars/(?!propose/|speaker/){SLUG}/{SLUG}/", ()),
        (rf"/calendar/(?:(?:theme|tag|spoken|programme|session)/)?{SLUG}\.ics", ("past",)),
        (r"/calendar/all\.(?:json|atom)", ("past",)),
    )
)
CONDITIONS = (b"if-none-match", b"if-modified-since")
LONGEST_VALUE = 40  # characters
# Headers that may reach Django while a page is made for everybody.
IMPERSONAL = (b"host", b"x-forwarded-proto", b"x-request-id", b"user-agent")


class Key(NamedTuple):
    """One page. The encoding is chosen afterwards: all forms of a page are kept and dropped together."""

    host: bytes
    is_https: bool
    path: str
    query: str


class Asked(NamedTuple):
    """What the headers of a request say of interest here."""

    key: Key
    takes_gzip: bool
    if_none_match: bytes
    if_modified_since: bytes = b""


def read_request(scope: Scope) -> Asked | None:
    """None where this request is not one to answer from kept bytes."""
    if scope["method"] not in ("GET", "HEAD") or scope.get("root_path"):
        return None
    query = listed(scope["path"], scope["query_string"])
    if query is None:
        return None
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name == b"cookie" and is_personal(value):
            return None
        found[name] = value
    host = found.get(b"host", b"")
    if not is_ours(host) or b"authorization" in found or b"range" in found:
        return None
    if scope["path"] == "/" and not stays_english(found.get(b"cookie", b""), found.get(b"accept-language", b"")):
        return None
    key = Key(host, is_https(scope["scheme"], found), scope["path"], query)
    return Asked(key, takes_gzip(found.get(b"accept-encoding", b"")), *(found.get(name, b"") for name in CONDITIONS))


@lru_cache(4096)
def listed(path: str, query_string: bytes) -> str | None:
    """The query in its one true form; None for an address not listed, or with anything unknown behind it."""
    for pattern, parameters in LISTED:
        if pattern.match(path):
            return in_order(query_string, parameters) if query_string else ""
    return None


def in_order(query_string: bytes, parameters: frozenset[str]) -> str | None:
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=10)
    except ValueError:
        return None
    names = [name for name, _ in pairs]
    fit = set(names) <= parameters and len(set(names)) == len(names)
    return urlencode(sorted(pairs)) if fit and all(len(value) <= LONGEST_VALUE for _, value in pairs) else None


@lru_cache(1024)
def is_personal(cookies: bytes) -> bool:
    """Whether these cookies could change a page: a session, or a message waiting to be shown.

    A form's token could not: a page with such a form sets that cookie, and what sets a cookie is not kept.
    """
    ours = {settings.SESSION_COOKIE_NAME.encode(), b"messages"}
    return any(pair.partition(b"=")[0].strip() in ours for pair in cookies.split(b";"))


@lru_cache(64)
def is_ours(host: bytes) -> bool:
    domain, _ = split_domain_port(host.decode("latin1").lower())
    return bool(domain and validate_host(domain, settings.ALLOWED_HOSTS))


def is_https(scheme: str, headers: dict[bytes, bytes]) -> bool:
    """As Django sees it: by the proxy's word where there is a proxy to be trusted."""
    if settings.SECURE_PROXY_SSL_HEADER and (told := headers.get(b"x-forwarded-proto")):
        return told.split(b",")[0].strip() == b"https"
    return scheme == "https"


@lru_cache(1024)
def stays_english(cookies: bytes, accept_language: bytes) -> bool:
    """Whether a guest at `/` surely stays there: only that address sends readers on by language."""
    if settings.LANGUAGE_COOKIE_NAME.encode() in cookies:
        return False
    return not accept_language or accept_language.lower().startswith(DEFAULT.encode())


@lru_cache(256)
def takes_gzip(accept_encoding: bytes) -> bool:
    wishes: dict[str, float] = {}
    for wish in accept_encoding.decode("latin1").lower().split(","):
        coding, _, weight = wish.partition(";")
        try:
            wishes[coding.strip()] = float(weight.partition("=")[2]) if weight else 1.0
        except ValueError:
            wishes[coding.strip()] = 0.0
    return wishes.get("gzip", wishes.get("*", 0.0)) > 0


def impersonal(scope: Scope, key: Key) -> Scope:
    """The request as anybody could have sent it: so what Django answers is good for everybody."""
    headers = [(name, value) for name, value in scope["headers"] if name in IMPERSONAL]
    return {**scope, "method": "GET", "query_string": key.query.encode("ascii"), "headers": headers}
