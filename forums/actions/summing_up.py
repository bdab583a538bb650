"""What came of a thread, pinned at its head."""

from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.text.markdown import RENDERER_VERSION
from forums.actions.rows import change_thread, held_thread, streams_of
from forums.facts import SummaryPinned, SummaryTakenOff
from forums.models import Summary, Thread
from forums.rules import can_post_text, can_summarise
from forums.scopes import scope_of
from forums.summaries import summary_html


@action
def pin_summary(thread: Thread, *, by: Member, body: str, language: str = "", reason: str = "") -> Summary:
    """In these words from now on; also puts back one that was taken off.

    Params: body, Markdown in which `#post-12` and `/posts/12/` lead to posts; language, the thread's where empty;
    reason, of a moderator whose thread it is not; it is kept as a Decision.
    Raises: NotAllowed; TextTooHeavy. Records: SummaryPinned.
    """
    thread = held_thread(thread.pk)
    insist(can_summarise(by, thread))
    insist(can_post_text(by, body))
    summary, _ = Summary.objects.update_or_create(
        thread=thread,
        defaults={
            "body_markdown": body,
            "body_html": summary_html(body),
            "renderer_version": RENDERER_VERSION,
            "language": language or thread.language,
            "by": by,
            "written_at": timezone.now(),
        },
    )
    change_thread(thread, has_summary=True)
    _decide(thread, "pin-summary", by=by, reason=reason)
    record(SummaryPinned(thread.pk, thread.forum_id), streams=streams_of(thread), actor_id=by.pk)
    return summary


@action
def take_off_summary(thread: Thread, *, by: Member, reason: str = "") -> Thread:
    """Its words are kept for who pins it again.

    Params: reason, of a moderator whose thread it is not; it is kept as a Decision.
    Raises: NotAllowed. Records: SummaryTakenOff.
    """
    thread = held_thread(thread.pk)
    insist(can_summarise(by, thread))
    if thread.has_summary:
        change_thread(thread, has_summary=False)
        _decide(thread, "take-off-summary", by=by, reason=reason)
        record(SummaryTakenOff(thread.pk, thread.forum_id), streams=streams_of(thread), actor_id=by.pk)
    return thread


def _decide(thread: Thread, deed: str, *, by: Member, reason: str) -> None:
    if thread.author_id != by.pk:
        decide(thread, deed=deed, by=by, reason=reason, scope=scope_of(thread))
