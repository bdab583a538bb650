"""What a city asks, offers and has learnt, for its page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from community.members.models import City
from community.members.rulings import Viewer
from forums.choices import PartyRole
from forums.models import Exchange, Offer, Outcome, Party
from forums.queries.exchanges.board import with_places
from forums.rules.exchanges import seeable_exchanges, seeable_offers, seeable_outcomes

SHOWN = 6  # of each


@dataclass(frozen=True)
class CityExchanges:
    """Only what its reader may see: of exchanges with other cities no more than is published."""

    requests: list[Exchange]
    offers: list[Offer]
    outcomes: list[Outcome]

    def __bool__(self) -> bool:
        return bool(self.requests or self.offers or self.outcomes)


def exchanges_of_city(viewer: Viewer, city: City) -> CityExchanges:
    """One query where there is nothing; else one more for each of the three that there is, and one for cities."""
    asked = seeable_exchanges(viewer).filter(city=city, withdrawn_at=None, hidden_at=None)
    took_part = Party.objects.filter(city=city, role__in=[PartyRole.ASKING, PartyRole.MATCHED])
    published = seeable_outcomes(viewer).filter(
        published_at__isnull=False,
        withdrawn_at=None,
        exchange__hidden_at=None,
        exchange__in=took_part.values("exchange"),
    )
    offers = seeable_offers(viewer).filter(city=city, withdrawn_at=None, hidden_at=None)
    there = _kinds_there(requests=asked, offers=offers, outcomes=published)
    return CityExchanges(
        requests=list(asked.select_related("theme").order_by("-pk")[:SHOWN]) if "requests" in there else [],
        offers=list(offers.select_related("theme").order_by("-pk")[:SHOWN]) if "offers" in there else [],
        outcomes=list(with_places(published).order_by("-published_at", "-pk")[:SHOWN]) if "outcomes" in there else [],
    )


def _kinds_there(**rows: QuerySet[Any]) -> set[str]:
    """Which of these hold anything: most cities' pages are read before their first exchange. One query."""
    kinds = [each.order_by().annotate(kind=Value(name)).values_list("kind") for name, each in rows.items()]
    return {kind for (kind,) in kinds[0].union(*kinds[1:])}
