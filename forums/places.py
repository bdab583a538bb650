"""Where a post stands in its thread, as a string in whose order the pages are."""

from forums.choices import ForumKind, PostKind
from forums.models import Post, Thread

MOST_VOTES = 999_999_999


def place_of_post(post: Post) -> str:
    """As `posts_of_thread` orders them. Needs `thread__forum`, and `answer` fetched along."""
    if post.thread.forum.kind != ForumKind.QUESTIONS:
        return f"{post.pk:015}"
    if post.answer is None:
        return _place_of_answer(post, post.thread)
    return f"{_place_of_answer(post.answer, post.thread)}/{post.pk:015}"


def _place_of_answer(post: Post, thread: Thread) -> str:
    if post.kind == PostKind.OPENING:
        return "0"
    if post.pk == thread.accepted_id:
        return "1"
    return f"2:{MOST_VOTES - post.helpful_count:09}:{post.pk:015}"
