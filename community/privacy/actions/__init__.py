"""Taking one's data along, and leaving."""

from community.privacy.actions.archives import ask_for_archive, finish_archive, forget_archives, sweep_archive
from community.privacy.actions.leaving import ask_to_leave, carry_out, erase_member, stay_after_all

__all__ = [
    "ask_for_archive",
    "ask_to_leave",
    "carry_out",
    "erase_member",
    "finish_archive",
    "forget_archives",
    "stay_after_all",
    "sweep_archive",
]
