"""All that is written in exchanges between cities. Each deed has its inverse beside it, where it can be undone."""

from forums.actions.exchanges.asking import ask_for_exchange, change_request
from forums.actions.exchanges.hiding import hide_exchange, hide_offer, show_exchange, show_offer
from forums.actions.exchanges.joining import WrongCities, invite_cities, leave_exchange, respond, return_city
from forums.actions.exchanges.matching import NothingToMatch, match_cities, say_met, set_meeting
from forums.actions.exchanges.offers import change_offer, make_offer, renew_offer, withdraw_offer
from forums.actions.exchanges.outcomes import (
    OutcomeConflict,
    agree_to_outcome,
    put_outcome_back,
    take_outcome_away,
    write_outcome,
)
from forums.actions.exchanges.withdrawing import reopen_exchange, withdraw_exchange

__all__ = [
    "NothingToMatch",
    "OutcomeConflict",
    "WrongCities",
    "agree_to_outcome",
    "ask_for_exchange",
    "change_offer",
    "change_request",
    "hide_exchange",
    "hide_offer",
    "invite_cities",
    "leave_exchange",
    "make_offer",
    "match_cities",
    "put_outcome_back",
    "renew_offer",
    "reopen_exchange",
    "respond",
    "return_city",
    "say_met",
    "set_meeting",
    "show_exchange",
    "show_offer",
    "take_outcome_away",
    "withdraw_exchange",
    "withdraw_offer",
    "write_outcome",
]
