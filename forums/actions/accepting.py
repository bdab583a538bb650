from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.rows import change_post, change_thread, held_post, own_streams, streams_of
from forums.facts import AnswerAccepted, AnswerUnaccepted
from forums.models import Post
from forums.rules import can_accept


@action
def accept_answer(post: Post, *, by: Member) -> Post:
    """The one answer that settled the question; another one steps back. Records: AnswerAccepted, AnswerUnaccepted."""
    post = held_post(post)
    insist(can_accept(by, post))
    if post.is_accepted:
        return post
    # One that is hidden now may have been accepted before.
    others = Post.objects.select_for_update(no_key=True).filter(thread=post.thread_id, is_accepted=True)
    for other in others.order_by("pk"):
        other.thread = post.thread
        _take_back(other, by)
    change_post(post, is_accepted=True)
    change_thread(post.thread, accepted_id=post.pk)
    record(
        AnswerAccepted(post.thread_id, post.pk), streams=[*streams_of(post.thread), *own_streams(post)], actor_id=by.pk
    )
    return post


@action
def unaccept_answer(post: Post, *, by: Member) -> Post:
    """Records: AnswerUnaccepted."""
    post = held_post(post)
    insist(can_accept(by, post))
    if post.is_accepted:
        change_thread(post.thread, accepted_id=None)
        _take_back(post, by)
    return post


def _take_back(post: Post, by: Member) -> None:
    change_post(post, is_accepted=False)
    record(
        AnswerUnaccepted(post.thread_id, post.pk),
        streams=[*streams_of(post.thread), *own_streams(post)],
        actor_id=by.pk,
    )
