"""Exchanges between cities, brought as far as a test needs them by the house's own actions."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from community.members.models import City, Member
from community.topics.models import Theme
from forums.actions.exchanges import (
    agree_to_outcome,
    ask_for_exchange,
    make_offer,
    match_cities,
    respond,
    say_met,
    write_outcome,
)
from forums.actions.exchanges.outcomes import TEXTS
from forums.choices import ForumKind
from forums.models import Exchange, Forum, Offer, Outcome
from tests.factories.forums import make_forum
from tests.factories.members import make_city, make_member, make_theme

_numbers = itertools.count(1)


def make_exchange_forum(slug: str = "peers", **fields: Any) -> Forum:
    return make_forum(slug, kind=ForumKind.EXCHANGE, **fields)


def make_citizen(name: str = "Ana", city: str = "quito", **fields: Any) -> Member:
    """A member who works for that city, which has confirmed it and is made where it does not stand."""
    place = City.objects.filter(slug=city).first() or make_city(city)
    return make_member(name, city=place, **{"city_confirmed_at": timezone.now(), **fields})


def make_exchange(asker: Member | None = None, *, forum: Forum | None = None, **fields: Any) -> Exchange:
    """A request of the asker's city, for members."""
    number = next(_numbers)
    written: dict[str, Any] = {
        "title": f"Drains {number}",
        "theme": Theme.objects.first() or make_theme(),
        "sought": "How do you keep them clear?",
        "offered": "We can show our stairs.",
        "languages": ["en", "es"],
        "needed_by": timezone.localdate() + timedelta(days=60),
        "tags": [],
        "is_open_to_guests": False,
        "language": "en",
        "token": f"exchange-{number}",
    }
    forum = forum or Forum.objects.filter(kind=ForumKind.EXCHANGE).first() or make_exchange_forum()
    return fresh(ask_for_exchange(forum, by=asker or make_citizen(), **{**written, **fields}))


def fresh(exchange: Exchange) -> Exchange:
    """As a view fetches it."""
    found = Exchange.objects.select_related("forum", "thread", "city", "asker", "theme").get(pk=exchange.pk)
    found.thread.forum = found.forum
    return found


def make_response(exchange: Exchange, by: Member, body: str = "We can help.") -> Exchange:
    respond(exchange, by=by, body=body, token=f"response-{next(_numbers)}", language="en")
    return fresh(exchange)


def make_matched(asker: Member, *helpers: Member, **fields: Any) -> Exchange:
    exchange = make_exchange(asker, **fields)
    for helper in helpers:
        make_response(exchange, helper)
    match_cities(exchange, by=asker, cities=[helper.city for helper in helpers if helper.city])
    return fresh(exchange)


def make_met(asker: Member, *helpers: Member, **fields: Any) -> Exchange:
    exchange = make_matched(asker, *helpers, **fields)
    return fresh(say_met(exchange, by=asker))


def outcome_texts(word: str = "Drained") -> dict[str, str]:
    return {name: f"{word} {name}." for name in TEXTS}


def make_draft(exchange: Exchange, by: Member, word: str = "Drained", language: str = "en") -> Outcome:
    standing = Outcome.objects.filter(exchange=exchange).first()
    version = standing.text_version if standing else 0
    write_outcome(exchange, by=by, language=language, version=version, **outcome_texts(word))
    return Outcome.objects.get(exchange=exchange)


def make_published(asker: Member, *helpers: Member, **fields: Any) -> Exchange:
    exchange = make_met(asker, *helpers, **fields)
    outcome = make_draft(exchange, asker)
    for member in (asker, *helpers):
        agree_to_outcome(outcome, by=member, version=outcome.text_version)
    return fresh(exchange)


def make_offer_of(by: Member, title: str = "We can show how we did drains", **fields: Any) -> Offer:
    written: dict[str, Any] = {
        "body": "Come and see.",
        "theme": Theme.objects.first() or make_theme(),
        "tags": [],
        "languages": ["en"],
        "language": "en",
        "token": f"offer-{next(_numbers)}",
    }
    return make_offer(by=by, title=title, **{**written, **fields})


def soon(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)
