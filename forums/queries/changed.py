"""What of threads has changed, whoever may see it: `streams.py` shows each class of viewers its own.

Read at every commit that anybody watches, a table at a time: `rows()` says why.
"""

from collections.abc import Collection

from community.facts.rows import marks, rows, rows_by_id
from community.members.models import City, Member
from community.members.queries.shown import OF_CITY, OF_MEMBER
from forums.models import Forum, Post, Thread

OF_THE_OTHER = ("author_id", "kind", "helpful_count", "hidden_at", "deleted_at")  # what a post answers or comments on


def changed_thread(thread_id: int) -> Thread | None:
    """With its forum. Two queries."""
    return _with_forums(rows_by_id(Thread, [thread_id])).get(thread_id)


def changed_posts(ids: Collection[int], thread: Thread | None = None) -> list[Post]:
    """These posts, the comments under them, which come, go and move with them, and the replies that lead to them,
    with what stands beside them. At most six queries; two fewer where it is known of which thread they are."""
    if not ids:
        return []
    named = marks(ids)
    where = f"(id IN ({named}) OR answer_id IN ({named}) OR reply_to_id IN ({named}))"
    threads: dict[int | None, Thread]
    if thread is not None:
        posts = rows(Post, f"thread_id = %s AND {where}", [thread.pk, *ids, *ids, *ids])
        threads = {thread.pk: thread}
    else:
        posts = rows(Post, where, [*ids, *ids, *ids])
        threads = _with_forums(rows_by_id(Thread, [post.thread_id for post in posts]))
    for post in posts:
        post.thread = threads[post.thread_id]
    _put_beside(posts)
    return sorted(posts, key=lambda post: post.pk)


def _with_forums(threads: dict[int | None, Thread]) -> dict[int | None, Thread]:
    forums = rows_by_id(Forum, [thread.forum_id for thread in threads.values()])
    for thread in threads.values():
        thread.forum = forums[thread.forum_id]
    return threads


def _put_beside(posts: Collection[Post]) -> None:
    """Their authors with their cities, what they answer, and what they comment on."""
    ids = [pk for post in posts for pk in (post.reply_to_id, post.answer_id)]
    others = rows_by_id(Post, ids, ("id", *OF_THE_OTHER))
    writers = [each.author_id for each in (*posts, *others.values())]
    members = rows_by_id(Member, writers, ("id", "city_id", *OF_MEMBER))
    cities = rows_by_id(City, [member.city_id for member in members.values()], ("id", *OF_CITY))
    for member in members.values():
        member.city = cities.get(member.city_id)
    for each in (*others.values(), *posts):
        each.author = members.get(each.author_id)
    for post in posts:
        post.reply_to, post.answer = others.get(post.reply_to_id), others.get(post.answer_id)
