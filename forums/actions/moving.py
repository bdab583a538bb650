from django.db.models import F

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions import decide, rescope
from forums.actions.counting import count_posts, step_forum
from forums.actions.rows import change_thread, held_thread, streams_of
from forums.choices import ForumKind, PostKind
from forums.facts import ThreadMoved
from forums.models import Forum, Thread
from forums.rules import can_move_thread, is_listed
from forums.scopes import scope_of


@action
def move_thread(thread: Thread, *, by: Member, to: Forum, reason: str) -> Thread:
    """Where it comes among questions, its replies are answers from now on; the other way all stays as it was.

    Raises: NotAllowed. Records: ThreadMoved and a Decision.
    """
    thread = held_thread(thread.pk)
    insist(can_move_thread(by, thread, to))
    left, was_listed, streams = thread.forum, is_listed(thread), streams_of(thread)
    if to.kind == ForumKind.QUESTIONS:
        thread.posts.filter(kind=PostKind.REPLY).update(kind=PostKind.ANSWER, version=F("version") + 1)
    thread.posts.filter(is_accepted=True).update(version=F("version") + 1)  # its mark is shown among questions only
    thread.forum = to
    change_thread(thread, forum_id=to.pk, **count_posts(thread))
    for forum_id, threads in sorted({left.pk: -int(was_listed), to.pk: int(is_listed(thread))}.items()):
        step_forum(forum_id, threads)
    decide(thread, deed="move", by=by, reason=reason, scope=scope_of(thread))
    rescope("post", thread.posts.values_list("pk", flat=True), to=scope_of(thread))
    fact = ThreadMoved(thread_id=thread.pk, forum_id=to.pk, from_forum_id=left.pk)
    record(fact, streams=[*streams, *streams_of(thread), "access"], actor_id=by.pk)
    return thread
