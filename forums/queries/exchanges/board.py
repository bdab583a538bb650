"""The board: what is asked, what is offered, what came of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from community.members.rulings import Viewer
from forums.choices import PartyRole, Stage
from forums.models import Exchange, Offer, Outcome, Party
from forums.queries.paging import PageNumbers, rows_of_page
from forums.queries.tags import say_tags
from forums.rules import is_member
from forums.rules.exchanges import seeable_exchanges, seeable_offers, seeable_outcomes

OWN_SHOWN = 12
IN_IT = [PartyRole.ASKING, PartyRole.INVITED, PartyRole.RESPONDED, PartyRole.MATCHED]


@dataclass(frozen=True)
class Wanted:
    """How the board is narrowed; empty is everything. Slugs of a theme and a region, BCP 47."""

    theme: str = ""
    region: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.theme or self.region or self.language)

    def filter(self, path: str = "") -> Q:
        """Params: path, from the model asked to the exchange or offer."""
        wanted = Q(**{f"{path}theme__slug": self.theme}) if self.theme else Q()
        wanted &= Q(**{f"{path}city__region": self.region}) if self.region else Q()
        return wanted & (Q(**{f"{path}languages__contains": f" {self.language} "}) if self.language else Q())


@dataclass(frozen=True)
class BoardPage(PageNumbers):
    rows: list[Any]


def requests_on_board(viewer: Viewer, wanted: Wanted, page: int) -> BoardPage:
    """Those that take responses, the newest first, 20 a page."""
    waiting = seeable_exchanges(viewer).filter(wanted.filter(), stage=Stage.ASKED, withdrawn_at=None, hidden_at=None)
    return _page(waiting.select_related("city", "theme").order_by("-pk"), page, Exchange)


def offers_on_board(viewer: Viewer, wanted: Wanted, page: int) -> BoardPage:
    standing = seeable_offers(viewer).filter(wanted.filter(), withdrawn_at=None, hidden_at=None)
    return _page(standing.select_related("city", "theme").order_by("-pk"), page, Offer)


def outcomes_on_board(viewer: Viewer, wanted: Wanted, page: int) -> BoardPage:
    """What is published, the newest first."""
    published = seeable_outcomes(viewer).filter(
        wanted.filter("exchange__"), published_at__isnull=False, withdrawn_at=None, exchange__hidden_at=None
    )
    rows, numbers = rows_of_page(with_places(published).order_by("-published_at", "-pk"), page=page, at_least=0)
    return BoardPage(rows=rows, page=numbers.page, page_count=numbers.page_count)


def with_places(outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """With the theme, and the cities that took part."""

    parties = Party.objects.filter(role__in=[PartyRole.ASKING, PartyRole.MATCHED]).select_related("city")
    return outcomes.select_related("exchange__theme").prefetch_related(
        Prefetch("exchange__parties", parties.order_by("pk"))
    )


def exchanges_of_own_city(viewer: Viewer) -> list[Party]:
    """What her city asked for, is invited to or takes part in, and what waits for its word, the latest moved first;
    nothing for guests."""
    if not is_member(viewer) or viewer.speaks_for_id is None:
        return []
    seen = seeable_exchanges(viewer).filter(hidden_at=None).exclude(stage=Stage.OUTCOME, outcome__proposed__isnull=True)
    own = Party.objects.filter(city_id=viewer.speaks_for_id, role__in=IN_IT, exchange__in=seen.values("pk"))
    return list(own.select_related("exchange").order_by("-exchange__moved_at", "-pk")[:OWN_SHOWN])


def _page(rows: QuerySet[Any], page: int, model: type[Any]) -> BoardPage:
    found, numbers = rows_of_page(rows, page=page, at_least=0)
    say_tags(found, model)
    return BoardPage(rows=found, page=numbers.page, page_count=numbers.page_count)
