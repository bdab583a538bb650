"""What the asker of a thread, or a moderator, may do at its head; and who may vote there."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import pgettext_lazy

from community.members.rules import SIGN_IN, can_write
from community.members.rulings import YES, Ruling, Viewer, no
from community.moderation.models import Decision
from community.polls import rules as polls
from community.polls.models import Poll
from forums.models import Thread
from forums.rules.doing import unless_locked
from forums.rules.seeing import UNSEEN, can_see_thread, is_member, is_own, moderates

NO_POLL = no(pgettext_lazy("why not", "There is no poll here."))


def can_lead(viewer: Viewer, thread: Thread) -> Ruling:
    """Asker or moderator, and in a locked thread a moderator."""
    if not can_see_thread(viewer, thread):
        return UNSEEN
    if not is_member(viewer):
        return SIGN_IN
    if not (is_own(viewer, thread) or moderates(viewer, thread.forum)):
        return no(pgettext_lazy("why not", "Only the member who opened this thread, or a moderator, may do that."))
    return can_write(viewer) and unless_locked(viewer, thread)


def can_summarise(viewer: Viewer, thread: Thread) -> Ruling:
    """Also asked before a summary is taken off."""
    return can_lead(viewer, thread)


def can_keep_poll(viewer: Viewer, thread: Thread) -> Ruling:
    """Add one, or change the one that is there while nobody has voted."""
    if not (led := can_lead(viewer, thread)):
        return led
    return polls.can_change_poll(thread.poll) if thread.poll else YES


def can_close_poll(viewer: Viewer, thread: Thread) -> Ruling:
    if not (led := can_lead(viewer, thread)):
        return led
    return YES if thread.poll else NO_POLL


def can_reopen_poll(viewer: Viewer, thread: Thread) -> Ruling:
    """Its asker only what she has closed herself. One query for her."""
    if not (closed := can_close_poll(viewer, thread)) or thread.poll is None:
        return closed
    if not moderates(viewer, thread.forum) and _was_closed_by_moderator(thread):
        return no(pgettext_lazy("why not", "A moderator has closed this poll."))
    return polls.can_reopen(thread.poll)


def _was_closed_by_moderator(thread: Thread) -> bool:
    kind = ContentType.objects.get_for_model(Thread)
    decided = Decision.objects.filter(target_type=kind, target_id=thread.pk, deed__in=["close-poll", "reopen-poll"])
    return decided.order_by("-pk").values_list("deed", flat=True).first() == "close-poll"


def can_vote_in_poll(viewer: Viewer, thread: Thread, poll: Poll | None) -> Ruling:
    """Params: poll, the thread's."""
    if not can_see_thread(viewer, thread):
        return UNSEEN
    if not is_member(viewer):
        return SIGN_IN
    if not (writing := can_write(viewer)):
        return writing
    if poll is None:
        return NO_POLL
    if thread.is_hidden or thread.is_deleted:
        return no(pgettext_lazy("why not", "This thread is not shown to others, so nobody can vote."))
    if thread.is_locked:  # a moderator's vote is a member's
        return no(pgettext_lazy("why not", "This thread is locked, so nobody can vote."))
    return polls.can_vote(viewer, poll)
