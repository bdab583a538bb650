"""Who may do what. May not see: `UNSEEN`; may see and not do: a reason."""

from django.utils.translation import pgettext_lazy

from community.members.rules import SIGN_IN, can_write
from community.members.rulings import YES, Ruling, Viewer, no
from forums.choices import Audience, ForumKind, PostKind
from forums.models import Forum, Post, Thread
from forums.rules.seeing import (
    UNSEEN,
    can_see_forum,
    can_see_post,
    can_see_thread,
    is_member,
    is_off,
    is_own,
    is_shown,
    moderates,
)

MODERATORS_ONLY = no(pgettext_lazy("why not", "Only moderators of this forum may do that."))


def can_open_thread(viewer: Viewer, forum: Forum) -> Ruling:
    if not can_see_forum(viewer, forum):
        return UNSEEN
    if forum.kind == ForumKind.EXCHANGE:
        return no(pgettext_lazy("why not", "Here cities ask by a request of their own: see Exchanges."))
    return can_write(viewer)


def can_reply(viewer: Viewer, thread: Thread) -> Ruling:
    if not can_see_thread(viewer, thread):
        return UNSEEN
    if not (writing := can_write(viewer)):
        return writing
    if thread.is_hidden or thread.is_deleted:
        return no(pgettext_lazy("why not", "This thread is not shown to others, so nobody can reply."))
    return unless_locked(viewer, thread)


def can_edit_post(viewer: Viewer, post: Post) -> Ruling:
    if not (own := _can_change_own(viewer, post)):
        return own
    if is_off(post):
        return no(pgettext_lazy("why not", "A post that is hidden or deleted cannot be edited."))
    return can_write(viewer)


def can_delete_post(viewer: Viewer, post: Post) -> Ruling:
    return _can_change_own(viewer, post)


def can_undelete_post(viewer: Viewer, post: Post) -> Ruling:
    return _can_change_own(viewer, post) and can_write(viewer)


def _can_change_own(viewer: Viewer, post: Post) -> Ruling:
    if not can_see_post(viewer, post):
        return UNSEEN
    if not is_member(viewer):
        return SIGN_IN
    if not is_own(viewer, post):
        return no(pgettext_lazy("why not", "Only its author may change this post."))
    if post.belongs_to_request:
        return no(pgettext_lazy("why not", "This text belongs to the request: change or withdraw the request itself."))
    return unless_locked(viewer, post.thread)


def unless_locked(viewer: Viewer, thread: Thread) -> Ruling:
    if thread.is_locked and not moderates(viewer, thread.forum):
        return no(pgettext_lazy("why not", "This thread is locked: only moderators may write here."))
    return YES


def can_vote(viewer: Viewer, post: Post) -> Ruling:
    if not can_see_post(viewer, post):
        return UNSEEN
    if not (writing := can_write(viewer)):
        return writing
    if is_own(viewer, post):
        return no(pgettext_lazy("why not", "You cannot mark your own post as helpful."))
    if not is_shown(post):
        return no(pgettext_lazy("why not", "This post is not shown to others."))
    return YES


def can_bookmark(viewer: Viewer, post: Post) -> Ruling:
    if not can_see_post(viewer, post):
        return UNSEEN
    return YES if is_member(viewer) else SIGN_IN


def can_accept(viewer: Viewer, post: Post) -> Ruling:
    """Also asked before an acceptance is taken back."""
    if not can_see_post(viewer, post):
        return UNSEEN
    if not (writing := can_write(viewer)):
        return writing
    if post.thread.forum.kind != ForumKind.QUESTIONS or post.kind != PostKind.ANSWER:
        return no(pgettext_lazy("why not", "Only an answer to a question can be accepted."))
    if not is_shown(post):
        return no(pgettext_lazy("why not", "This post is not shown to others."))
    if is_own(viewer, post.thread) or moderates(viewer, post.thread.forum):
        return YES
    return no(pgettext_lazy("why not", "Only the person who asked, or a moderator, may accept an answer."))


def can_moderate(viewer: Viewer, forum: Forum) -> Ruling:
    return can_write(viewer) if moderates(viewer, forum) else MODERATORS_ONLY


def can_hide_post(viewer: Viewer, post: Post) -> Ruling:
    return can_moderate_thing(viewer, post.thread.forum, can_see_post(viewer, post))


def can_restore_post(viewer: Viewer, post: Post) -> Ruling:
    return can_moderate_thing(viewer, post.thread.forum, can_see_post(viewer, post))


def can_lock_thread(viewer: Viewer, thread: Thread) -> Ruling:
    return can_moderate_thing(viewer, thread.forum, can_see_thread(viewer, thread))


def can_pin_thread(viewer: Viewer, thread: Thread) -> Ruling:
    return can_moderate_thing(viewer, thread.forum, can_see_thread(viewer, thread))


def can_move_thread(viewer: Viewer, thread: Thread, to: Forum | None = None) -> Ruling:
    """Params: to, where known: one may move only to where one moderates too, and to another forum."""
    if not (here := can_moderate_thing(viewer, thread.forum, can_see_thread(viewer, thread))):
        return here
    if thread.audience == Audience.PARTIES or (to is not None and to.kind == ForumKind.EXCHANGE):
        return no(pgettext_lazy("why not", "The conversation of an exchange stays where it is."))
    if to is not None and to.pk == thread.forum_id:
        return no(pgettext_lazy("why not", "The thread is in this forum already."))
    return YES if to is None else can_moderate(viewer, to)


def can_moderate_thing(viewer: Viewer, forum: Forum, seen: Ruling) -> Ruling:
    if not seen:
        return seen
    return can_moderate(viewer, forum) if is_member(viewer) else SIGN_IN
