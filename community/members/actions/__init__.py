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
from community.members.actions.cities import (
    MovedMeanwhile,
    confirm_colleague,
    keep_city,
    move_to_city,
    unconfirm_colleague,
)
from community.members.actions.factors import (
    add_app,
    add_passkey,
    connect_provider,
    disconnect_provider,
    make_recovery_codes,
    remove_app,
    remove_passkey,
    rename_passkey,
    use_code,
)
from community.members.actions.places import end_other_places, end_place
from community.members.actions.profiles import change_profile, show_less, show_photo
from community.members.actions.roles import change_roles, close_account, let_back_in, reopen_account, suspend
from community.members.actions.standing import change_trust, silence, unsilence

__all__ = [
    "MovedMeanwhile",
    "add_app",
    "add_passkey",
    "ask_for_new_password",
    "ask_to_join",
    "change_address",
    "change_password",
    "change_profile",
    "change_roles",
    "change_trust",
    "close_account",
    "confirm_colleague",
    "confirm_request",
    "connect_provider",
    "disconnect_provider",
    "end_other_places",
    "end_place",
    "forget_old_requests",
    "keep_circle",
    "keep_city",
    "let_back_in",
    "make_recovery_codes",
    "move_to_city",
    "open_account",
    "remove_app",
    "remove_passkey",
    "rename_passkey",
    "reopen_account",
    "show_less",
    "show_photo",
    "silence",
    "suspend",
    "unconfirm_colleague",
    "unsilence",
    "use_code",
    "verify_address",
]
