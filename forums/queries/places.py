"""Where in a thread: a post's page, and the first post that a member has not read."""

from community.members.rulings import Viewer
from forums.choices import ForumKind
from forums.models import Post, Thread
from forums.queries.paging import PAGE_SIZE
from forums.queries.posts import in_answer_order
from forums.queries.reading import with_marks
from forums.rules import is_member, moderates, posts_of


def page_of_post(viewer: Viewer, post: Post) -> int:
    """The page, from 1, on which this viewer finds the post."""
    posts = posts_of(viewer, post.thread, moderating=moderates(viewer, post.thread.forum))
    if post.thread.forum.kind != ForumKind.QUESTIONS:
        return posts.filter(pk__lt=post.pk).count() // PAGE_SIZE + 1
    wanted = post.answer_id or post.pk
    order = list(in_answer_order(posts).values_list("pk", flat=True))
    return order.index(wanted) // PAGE_SIZE + 1 if wanted in order else 1


def read_up_to(viewer: Viewer, thread: Thread) -> int:
    """The id of the last post that she has read here, 0 for none and for guests."""
    if not is_member(viewer):
        return 0
    if thread.read_mark is not None:
        return thread.read_mark
    mark: int = with_marks(Thread.objects.filter(pk=thread.pk), viewer).values("mark").get()["mark"]  # type: ignore[misc]  # annotated elsewhere
    return mark


def first_unread(viewer: Viewer, thread: Thread) -> int | None:
    """The id of the first post that she has not read; the opening post where she never was here. None for guests."""
    if not is_member(viewer) or thread.last_post_id <= (mark := read_up_to(viewer, thread)):
        return None
    posts = posts_of(viewer, thread, moderating=moderates(viewer, thread.forum))
    return posts.filter(pk__gt=mark).order_by("pk").values_list("pk", flat=True).first()
