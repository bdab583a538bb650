"""What may be written about members and cities."""

from community.members.actions.accounts import (
    ask_for_new_password,
    ask_to_join,
    change_address,
    change_password,
    confirm_request,
    forget_old_requests,
    open_account,
    verify_address,
)
from community.members.actions.circles import keep_circle
from community.members.actions.cities import keep_city
from community.members.actions.profiles import change_profile, show_photo
from community.members.actions.roles import change_roles, let_back_in, suspend

__all__ = [
    "ask_for_new_password",
    "ask_to_join",
    "change_address",
    "change_password",
    "change_profile",
    "change_roles",
    "confirm_request",
    "forget_old_requests",
    "keep_circle",
    "keep_city",
    "let_back_in",
    "open_account",
    "show_photo",
    "suspend",
    "verify_address",
]
