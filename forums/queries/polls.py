"""A thread's poll, as far as one viewer sees it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from community.members.rulings import Viewer
from community.polls.fragments import GUEST, MEMBER, VOTER, ShownPoll, poll_fragment
from community.polls.queries import chosen_by, poll_with_options, texts_of
from community.polls.rules import sees_results
from forums.models import Thread
from forums.rules import can_reopen_poll, is_member
from forums.rules.seeing import is_own
from i18n.times import in_readers_zone

DEEDS = "forums:poll-deed"


@dataclass(frozen=True)
class PollOnPage:
    """Params: html, the fragment; chosen, the texts of the viewer's own choice; is_apart, it shows her results that
    others of her class do not see yet, so that what all get would take them away; can_reopen, it is her own
    and she closed it."""

    html: SafeString
    chosen: list[str]
    chosen_ids: list[int]
    is_apart: bool
    is_closed: bool
    can_reopen: bool
    has_votes: bool


def shown_poll(thread: Thread) -> ShownPoll | None:
    """What the shared fragment is made from. No query for a thread without a poll, else two."""
    if thread.poll_id is None:
        return None
    poll, options = poll_with_options(thread.poll_id)
    return ShownPoll(poll=poll, options=tuple(options), deeds=DEEDS, key=thread.pk)


def poll_on_page(viewer: Viewer, thread: Thread, *, language: str) -> PollOnPage | None:
    """One query more for members than for guests."""
    shown = shown_poll(thread)
    if shown is None:
        return None
    chosen = chosen_by(viewer, shown.poll) if is_member(viewer) else frozenset[int]()
    is_apart = sees_results(shown.poll, has_voted=bool(chosen)) and not shown.poll.shows_results
    is_closed = shown.poll.closed_at is not None
    audience = GUEST if not is_member(viewer) else VOTER if is_apart else MEMBER
    html = poll_fragment(shown, language, audience)
    return PollOnPage(
        html=mark_safe(in_readers_zone(html) if is_member(viewer) else html),  # noqa: S308 - rendered by our template
        chosen=texts_of(shown.options, chosen),
        chosen_ids=sorted(chosen),
        is_apart=is_apart,
        is_closed=is_closed,
        can_reopen=is_closed and is_own(viewer, thread) and bool(can_reopen_poll(viewer, thread)),
        has_votes=shown.poll.voter_count > 0,
    )
