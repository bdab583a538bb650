from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.rows import change_post, change_thread, held_post, streams_of
from forums.facts import PostVoted
from forums.models import Post, Vote
from forums.rules import can_vote


@action
def vote(post: Post, *, by: Member) -> Post:
    """Found helpful, once. Raises: NotAllowed. Records: PostVoted."""
    post = held_post(post)
    insist(can_vote(by, post))
    _, is_new = Vote.objects.get_or_create(post=post, member=by)
    if is_new:
        _step(post, 1, by)
    return post


@action
def unvote(post: Post, *, by: Member) -> Post:
    """Raises: NotAllowed. Records: PostVoted."""
    post = held_post(post)
    insist(can_vote(by, post))
    taken_back, _ = Vote.objects.filter(post=post, member=by).delete()
    if taken_back:
        _step(post, -1, by)
    return post


def _step(post: Post, votes: int, by: Member) -> None:
    change_post(post, helpful_count=post.helpful_count + votes)
    change_thread(post.thread, helpful_count=post.thread.helpful_count + votes)
    record(PostVoted(post.thread_id, post.pk), streams=[*streams_of(post.thread), f"member:{by.pk}"], actor_id=by.pk)
