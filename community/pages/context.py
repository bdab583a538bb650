"""What every page's frame shows: where to go, in which languages, and for whom."""

from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from community.members.composed import Composed
from community.members.models import Member
from community.members.rules import is_moderator, lacks_second_factor
from community.members.rulings import Viewer
from community.moderation.queries.items import waiting_items
from community.moderation.rules import moderates_somewhere
from community.notifications.queries import unread_notices
from i18n import times
from i18n.direction import direction_of
from i18n.languages import CODES, DEFAULT, LOCALES, NAMES, known
from i18n.texts import listed
from i18n.zones import place_in_words

# Pages of one's own, and pages that answer a question, are nobody's to find by a search engine.
UNLISTED = (
    "/account/",
    "/cities/join/asked/",
    "/cities/join/confirm/",
    "/cities/joining/",
    "/mailbox/",
    "/moderation/",
    "/notifications/",
    "/search/",
    "/style/",
    "/webinars/propose/asked/",
    "/webinars/propose/confirm/",
    "/webinars/propose/made/",
    "/webinars/registration/",
    "/webinars/speaker/",
)

# An offer and its refusal, each said in its own language, whatever the page's.
OFFERS = {
    "en": ("Read this page in English", "No, thank you"),
    "es": ("Leer esta página en español", "No, gracias"),
    "pt": ("Ler esta página em português", "Agora não"),
    "fr": ("Lire cette page en français", "Non merci"),
    "ar": ("اقرأ هذه الصفحة بالعربية", "لا، شكرًا"),
}


class Place(NamedTuple):
    """A link of the main navigation."""

    address: str
    words: str
    is_here: bool


class Waiting(NamedTuple):
    """What waits for a member. Params: reviews, None where she moderates nothing."""

    notices: int = 0
    reviews: int | None = None

    @property
    def is_reviewer(self) -> bool:
        return self.reviews is not None


class InLanguage(NamedTuple):
    """This page in one of the house's languages."""

    code: str
    name: str
    locale: str
    offer: str
    refusal: str
    direction: str
    path: str
    query: str
    is_this: bool


def page(request: HttpRequest) -> dict[str, Any]:
    language = known(get_language() or "")
    return {
        "language": language,
        "direction": direction_of(language),
        "is_rtl": direction_of(language) == "rtl",
        "is_demonstration": settings.DEMONSTRATION,
        "places": [Place(address, words, request.path.startswith(address)) for address, words in main_places(language)],
        "search_address": address_of("search:index", language),
        "in_languages": in_languages(request, language),
        "origin": settings.PUBLIC_ORIGIN,
        "canonical": canonical(request),
        "is_listed": not without_language(request.path_info).startswith(UNLISTED),
        "zone": zone_in_words(),
        "waiting": cache(lambda: waiting_for(reader_of(request))),
        "owes_second_factor": cache(lambda: lacks_second_factor(reader_of(request))),
    }


def reader_of(request: HttpRequest) -> Viewer:
    """A guest, where a request was refused before anybody asked who sent it."""
    return getattr(request, "user", None) or AnonymousUser()


def waiting_for(viewer: Viewer) -> Waiting:
    """In one query, and asked for only when a page's frame shows it, which is for members."""
    if not isinstance(viewer, Member):
        return Waiting()
    [(notices, reviews, moderates)] = WAITING.ask(viewer)
    return Waiting(notices, reviews if moderates else None)


def waiting_rows(member: Member) -> QuerySet[Member, Any]:
    """One: how many notices and things to review wait for her, and whether she moderates anything."""
    return Member.objects.filter(pk=member.pk).values_list(
        counted(unread_notices(member)),
        counted(waiting_items(member)),
        Value(True) if is_moderator(member) else moderates_somewhere(member),
    )


WAITING = Composed(waiting_rows)


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are, as a part of another query."""
    count = rows.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


def zone_in_words() -> str:
    """`Guayaquil, GMT−5`, for the foot of the page."""
    name = timezone.get_current_timezone_name()
    words = times.zone_in_words(timezone.localtime())
    return words if name == words else listed([place_in_words(name, known(get_language() or "")), words])


@cache
def main_places(language: str) -> tuple[tuple[str, str], ...]:
    """Where the masthead leads, in the active language."""
    named = (
        ("forums:index", pgettext("main navigation", "Forums")),
        ("forums:exchanges", pgettext("main navigation", "Exchanges")),
        ("webinars:index", pgettext("main navigation", "Webinars")),
        ("members:cities", pgettext("main navigation", "Cities")),
        ("programmes:programmes", pgettext("main navigation", "Programmes")),
    )
    return tuple((address, words) for name, words in named if (address := address_of(name, language)))


@cache
def address_of(name: str, language: str) -> str:
    """The address of that name in the active language; empty where no room answers to it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def in_languages(request: HttpRequest, language: str) -> list[InLanguage]:
    path = without_language(request.path_info)
    return [
        InLanguage(
            code=code,
            name=NAMES[code],
            locale=LOCALES[code],
            offer=OFFERS[code][0],
            refusal=OFFERS[code][1],
            direction=direction_of(code),
            path=quote(with_language(path, code)),
            query=request.META.get("QUERY_STRING", ""),
            is_this=code == language,
        )
        for code in CODES
    ]


def canonical(request: HttpRequest) -> str:
    """What this page's address ends with beside its path: the page of a list, and no other question."""
    number = request.GET.get("page", "")
    return f"?page={number}" if number.isdecimal() and number != "1" else ""


def without_language(path: str) -> str:
    """`/es/forums/` is `/forums/` in no language."""
    first, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if first in CODES and first != DEFAULT else path


def with_language(path: str, code: str) -> str:
    return path if code == DEFAULT else f"/{code}{path}"
