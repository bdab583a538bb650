"""Everything that changes the schedule, who attends, and what is proposed."""

from webinars.actions.approving import approve_requests, decline_requests, take_decline_back
from webinars.actions.asking import ask_questions
from webinars.actions.attending import note_attendance
from webinars.actions.discussing import open_discussion
from webinars.actions.feeds import end_feed, make_feed, note_use_of_feed
from webinars.actions.messaging import address_message, send_message, write_message
from webinars.actions.proposing import (
    accept_proposal,
    confirm_proposal,
    decline_proposal,
    forget_unconfirmed_proposal,
    propose,
    take_vote_back,
    vote_on_proposal,
)
from webinars.actions.registering import (
    accept_offer,
    answer_asking,
    ask_to_register,
    cancel_registration,
    change_answers,
    change_registration,
    confirm_registration,
    forget_asking,
    register,
    register_again,
    renew_link,
)
from webinars.actions.reminding import remind, tell_of_change
from webinars.actions.schedule import (
    SessionConflict,
    cancel_session,
    draft_session,
    draft_sessions,
    move_session,
    plan_session,
    publish_session,
    publish_sessions,
    restore_session,
    retitle_session,
    revise_session,
    settle_zone,
    show_session,
)
from webinars.actions.seats import close_registration, fill_seats, lapse_offer, open_registration
from webinars.actions.series import SeriesConflict, publish_series, revise_series
from webinars.actions.speaking import EntryConflict, end_speaker_link, revise_entry, send_speaker_link

__all__ = [
    "EntryConflict",
    "SeriesConflict",
    "SessionConflict",
    "accept_offer",
    "accept_proposal",
    "address_message",
    "answer_asking",
    "approve_requests",
    "ask_questions",
    "ask_to_register",
    "cancel_registration",
    "cancel_session",
    "change_answers",
    "change_registration",
    "close_registration",
    "confirm_proposal",
    "confirm_registration",
    "decline_proposal",
    "decline_requests",
    "draft_session",
    "draft_sessions",
    "end_feed",
    "end_speaker_link",
    "fill_seats",
    "forget_asking",
    "forget_unconfirmed_proposal",
    "lapse_offer",
    "make_feed",
    "move_session",
    "note_attendance",
    "note_use_of_feed",
    "open_discussion",
    "open_registration",
    "plan_session",
    "propose",
    "publish_series",
    "publish_session",
    "publish_sessions",
    "register",
    "register_again",
    "remind",
    "renew_link",
    "restore_session",
    "retitle_session",
    "revise_entry",
    "revise_series",
    "revise_session",
    "send_message",
    "send_speaker_link",
    "settle_zone",
    "show_session",
    "take_decline_back",
    "take_vote_back",
    "tell_of_change",
    "vote_on_proposal",
    "write_message",
]
