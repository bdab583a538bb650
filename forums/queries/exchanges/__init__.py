"""What may be read of exchanges, each thing only as far as its reader may see it."""

from forums.queries.exchanges.board import (
    BoardPage,
    Wanted,
    exchanges_of_own_city,
    offers_on_board,
    outcomes_on_board,
    requests_on_board,
)
from forums.queries.exchanges.cities import CityExchanges, exchanges_of_city
from forums.queries.exchanges.figures import Figures, figures, figures_by_region
from forums.queries.exchanges.meetings import meetings_of
from forums.queries.exchanges.one import (
    cities_to_invite,
    cities_to_match,
    decisions_on_exchange,
    exchange_for,
    exchange_of_thread,
    forum_to_ask_in,
    offer_for,
    outcome_for,
    outcome_of,
    thread_id_of,
)
from forums.queries.exchanges.silent import silent_exchanges
from forums.queries.exchanges.suggesting import Suggestion, suggested_cities
from forums.queries.exchanges.turns import Step, Turn, turn_now, turn_of

__all__ = [
    "BoardPage",
    "CityExchanges",
    "Figures",
    "Step",
    "Suggestion",
    "Turn",
    "Wanted",
    "cities_to_invite",
    "cities_to_match",
    "decisions_on_exchange",
    "exchange_for",
    "exchange_of_thread",
    "exchanges_of_city",
    "exchanges_of_own_city",
    "figures",
    "figures_by_region",
    "forum_to_ask_in",
    "meetings_of",
    "offer_for",
    "offers_on_board",
    "outcome_for",
    "outcome_of",
    "outcomes_on_board",
    "requests_on_board",
    "silent_exchanges",
    "suggested_cities",
    "thread_id_of",
    "turn_now",
    "turn_of",
]
