"""A thread's poll: added, voted in, closed. What a poll is, `community.polls` knows."""

from collections.abc import Collection

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.polls.actions import PollPlan, cast, change_poll, close_poll, open_poll, reopen_poll
from community.polls.models import Poll
from forums.actions.rows import change_thread, held_thread
from forums.models import Thread
from forums.rules import can_close_poll, can_keep_poll, can_reopen_poll, can_vote_in_poll
from forums.scopes import scope_of


@action
def keep_thread_poll(thread: Thread, plan: PollPlan, *, by: Member, reason: str = "") -> Poll:
    """Add a poll, or change the one that is there while nobody has voted.

    Params: reason, of a moderator whose thread it is not; it is kept.
    Raises: NotAllowed. Records: PollOpened or PollChanged, on the thread's stream.
    """
    thread = held_thread(thread.pk)
    insist(can_keep_poll(by, thread))
    _decide(thread, "keep-poll", by, reason)
    if thread.poll is not None:
        return change_poll(thread.poll, plan, by=by)
    return write_poll(thread, plan, by=by)


def write_poll(thread: Thread, plan: PollPlan, *, by: Member) -> Poll:
    """For other actions, on a thread without one."""
    poll = open_poll(plan, stream=f"thread:{thread.pk}", language=thread.language, by=by)
    change_thread(thread, poll_id=poll.pk)
    return poll


@action
def vote_in_poll(thread: Thread, *, by: Member, option_ids: Collection[int]) -> Poll | None:
    """What she chooses from now on; nothing takes her vote back.

    Raises: NotAllowed; WrongChoice. Records: PollVoted.
    """
    thread = held_thread(thread.pk)
    insist(can_vote_in_poll(by, thread, thread.poll))
    return cast(thread.poll, by=by, option_ids=option_ids) if thread.poll else None


@action
def close_thread_poll(thread: Thread, *, by: Member, reason: str = "") -> Thread:
    """Params: reason, of a moderator whose thread it is not; it is kept. Records: PollClosed."""
    thread = held_thread(thread.pk)
    insist(can_close_poll(by, thread))
    if thread.poll and thread.poll.closed_at is None:
        close_poll(thread.poll, by=by)
        _decide(thread, "close-poll", by, reason)
    return thread


@action
def reopen_thread_poll(thread: Thread, *, by: Member, reason: str = "") -> Thread:
    """Raises: NotAllowed, also where its closing time has passed, or a moderator closed it. Records: PollReopened."""
    thread = held_thread(thread.pk)
    insist(can_reopen_poll(by, thread))
    if thread.poll and thread.poll.closed_at is not None:
        reopen_poll(thread.poll, by=by)
        _decide(thread, "reopen-poll", by, reason)
    return thread


def _decide(thread: Thread, deed: str, by: Member, reason: str) -> None:
    if thread.author_id != by.pk:
        decide(thread, deed=deed, by=by, reason=reason, scope=scope_of(thread))
