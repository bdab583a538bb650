"""Everything that changes the schedule, and who attends."""

from webinars.actions.feeds import end_feed, make_feed, note_use_of_feed
from webinars.actions.registering import (
    accept_offer,
    answer_asking,
    ask_to_register,
    cancel_registration,
    change_registration,
    confirm_registration,
    forget_asking,
    register,
    register_again,
    renew_link,
)
from webinars.actions.reminding import remind, tell_of_change
from webinars.actions.schedule import (
    cancel_session,
    draft_session,
    move_session,
    publish_series,
    publish_session,
    restore_session,
    retitle_session,
    show_session,
)
from webinars.actions.seats import close_registration, fill_seats, lapse_offer, open_registration

__all__ = [
    "accept_offer",
    "answer_asking",
    "ask_to_register",
    "cancel_registration",
    "cancel_session",
    "change_registration",
    "close_registration",
    "confirm_registration",
    "draft_session",
    "end_feed",
    "fill_seats",
    "forget_asking",
    "lapse_offer",
    "make_feed",
    "move_session",
    "note_use_of_feed",
    "open_registration",
    "publish_series",
    "publish_session",
    "register",
    "register_again",
    "remind",
    "renew_link",
    "restore_session",
    "retitle_session",
    "show_session",
    "tell_of_change",
]
