"""All that is written in the forums. Each deed has its inverse beside it."""

from forums.actions.about import keep_thread_about, open_thread_about
from forums.actions.accepting import accept_answer, unaccept_answer
from forums.actions.bookmarks import bookmark, drop_bookmark, keep_bookmark, take_bookmark_back
from forums.actions.curating import curate_tag, join_tag, part_tag
from forums.actions.deleting import delete_post, undelete_post
from forums.actions.drafts import DraftConflict, bring_draft_back, discard_draft, save_draft, settle_draft
from forums.actions.editing import EditConflict, edit_post
from forums.actions.hiding import hide_post, restore_post
from forums.actions.history import hide_revision, restore_revision
from forums.actions.moving import move_thread
from forums.actions.opening import open_thread
from forums.actions.polling import close_thread_poll, keep_thread_poll, reopen_thread_poll, vote_in_poll
from forums.actions.reading import mark_all_read, mark_read, mark_threads_read
from forums.actions.replying import post_reply
from forums.actions.settling import lock_thread, pin_thread, unlock_thread, unpin_thread
from forums.actions.summing_up import pin_summary, take_off_summary
from forums.actions.voting import unvote, vote

__all__ = [
    "DraftConflict",
    "EditConflict",
    "accept_answer",
    "bookmark",
    "bring_draft_back",
    "close_thread_poll",
    "curate_tag",
    "delete_post",
    "discard_draft",
    "drop_bookmark",
    "edit_post",
    "hide_post",
    "hide_revision",
    "join_tag",
    "keep_bookmark",
    "keep_thread_about",
    "keep_thread_poll",
    "lock_thread",
    "mark_all_read",
    "mark_read",
    "mark_threads_read",
    "move_thread",
    "open_thread",
    "open_thread_about",
    "part_tag",
    "pin_summary",
    "pin_thread",
    "post_reply",
    "reopen_thread_poll",
    "restore_post",
    "restore_revision",
    "save_draft",
    "settle_draft",
    "take_bookmark_back",
    "take_off_summary",
    "unaccept_answer",
    "undelete_post",
    "unlock_thread",
    "unpin_thread",
    "unvote",
    "vote",
    "vote_in_poll",
]
