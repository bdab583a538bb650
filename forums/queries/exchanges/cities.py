"""What a city asks, offers and has learnt, for its page."""

from dataclasses import dataclass

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
    """Three queries and one more for the cities in the outcomes, however many there are."""
    asked = seeable_exchanges(viewer).filter(city=city, withdrawn_at=None, hidden_at=None)
    took_part = Party.objects.filter(city=city, role__in=[PartyRole.ASKING, PartyRole.MATCHED])
    published = seeable_outcomes(viewer).filter(
        published_at__isnull=False,
        withdrawn_at=None,
        exchange__hidden_at=None,
        exchange__in=took_part.values("exchange"),
    )
    offers = seeable_offers(viewer).filter(city=city, withdrawn_at=None, hidden_at=None)
    return CityExchanges(
        requests=list(asked.select_related("theme").order_by("-pk")[:SHOWN]),
        offers=list(offers.select_related("theme").order_by("-pk")[:SHOWN]),
        outcomes=list(with_places(published).order_by("-published_at", "-pk")[:SHOWN]),
    )
