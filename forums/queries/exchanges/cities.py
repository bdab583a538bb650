"""What a city asks, offers and has learnt, for its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast

from community.members.models import City
from community.members.rulings import Viewer
from forums.choices import PartyRole
from forums.models import Outcome, Party
from forums.rules.exchanges import seeable_exchanges, seeable_offers, seeable_outcomes
from i18n.languages import CODES

SHOWN = 6  # of each
TITLES = [f"title_{code}" for code in CODES]
COLUMNS = (
    *("row_kind", "number", "row_slug", "row_title", "row_language", "at"),
    *(f"row_{title}" for title in TITLES),
)  # the same in each part of the union
NOTHING = Cast(Value(None), CharField())  # typed: PostgreSQL asks it of the parts of a union


@dataclass(frozen=True)
class OfCity:
    """A row: `pk` and `slug` make its address, `title` is in `language`. Of an outcome they are the exchange's."""

    pk: int
    slug: str
    title: str
    language: str
    at: datetime
    outcome: Outcome | None = None  # with its curated titles alone


@dataclass(frozen=True)
class CityExchanges:
    """Only what its reader may see: of exchanges with other cities no more than is published."""

    requests: list[OfCity]
    offers: list[OfCity]
    outcomes: list[OfCity]

    def __bool__(self) -> bool:
        return bool(self.requests or self.offers or self.outcomes)


def exchanges_of_city(viewer: Viewer, city: City) -> CityExchanges:
    """The latest first. One query."""
    took_part = Party.objects.filter(city=city, role__in=[PartyRole.ASKING, PartyRole.MATCHED])
    published = seeable_outcomes(viewer).filter(
        published_at__isnull=False,
        withdrawn_at=None,
        exchange__hidden_at=None,
        exchange__in=took_part.values("exchange"),
    )
    standing = {"city": city, "withdrawn_at": None, "hidden_at": None}
    asked = _own(seeable_exchanges(viewer).filter(**standing), "requests", slug="slug", at="asked_at")
    offers = _own(seeable_offers(viewer).filter(**standing), "offers", slug=None, at="made_at")
    found: dict[str, list[OfCity]] = {"requests": [], "offers": [], "outcomes": []}
    for kind, *row in asked.union(offers, _curated(published), all=True).order_by("-at", "-number"):
        found[kind].append(_row(*row))
    return CityExchanges(**{kind: rows[:SHOWN] for kind, rows in found.items()})


def _own(rows: QuerySet[Any], kind: str, *, slug: str | None, at: str) -> QuerySet[Any, Any]:
    """Titles that members wrote, each in one language. Params: slug and at, columns."""
    named = rows.order_by().annotate(
        row_kind=Value(kind, CharField()),
        number=F("pk"),
        row_slug=F(slug) if slug else Value("-", CharField()),
        row_title=F("title"),
        row_language=F("language"),
        at=F(at),
        **{f"row_{title}": NOTHING for title in TITLES},
    )
    listed: QuerySet[Any, Any] = named.values_list(*COLUMNS)
    return listed


def _curated(outcomes: Any) -> QuerySet[Any, Any]:
    """Columns by their own names: modeltranslation would put them in another order, and a union goes by order."""
    named = (
        outcomes.rewrite(False)
        .order_by()
        .annotate(
            row_kind=Value("outcomes", CharField()),
            number=F("exchange_id"),
            row_slug=Case(
                When(exchange__is_open_to_guests=True, then="exchange__slug"), default=Value("-", CharField())
            ),
            row_title=Value("", CharField()),
            row_language=F("original_language"),
            at=F("published_at"),
            **{f"row_{title}": F(title) for title in TITLES},
        )
    )
    listed: QuerySet[Any, Any] = named.values_list(*COLUMNS)
    return listed


def _row(pk: int, slug: str, title: str, language: str, at: datetime, *titles: str | None) -> OfCity:
    if not any(titles):
        return OfCity(pk, slug, title, language, at)
    curated = Outcome(original_language=language, **dict(zip(TITLES, titles, strict=True)))
    return OfCity(pk, slug, "", language, at, curated)
