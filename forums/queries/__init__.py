"""What may be read in the forums, each thing only as far as its reader may see it."""

from forums.queries.boards import forum_board, forum_for, forum_id_of, streams_of_forums
from forums.queries.bookmarks import BookmarkPage, bookmark_on, bookmarks_of, dropped_bookmark
from forums.queries.decisions import decisions_on_thread
from forums.queries.drafts import Begun, draft_of, draft_with_id, drafts_of
from forums.queries.history import history_of, revision_for
from forums.queries.home import (
    add_shown,
    forums_read,
    latest_threads,
    threads_by_members,
    threads_of_member,
    unanswered_page,
    unanswered_questions,
    unread_threads,
)
from forums.queries.levels import standing_to_thread
from forums.queries.people import posts_by, threads_by
from forums.queries.places import first_unread, page_of_post, read_up_to
from forums.queries.polls import poll_on_page, shown_poll
from forums.queries.posts import Overlay, PostPage, opening_posts, overlay, post_for, posts_of_thread
from forums.queries.similar import similar_threads
from forums.queries.summaries import last_summary, shown_summary
from forums.queries.tags import decisions_on_tag, tag_for, tag_to_curate, tags_and_words, tags_like
from forums.queries.threads import ThreadPage, thread_for, thread_page_of_forum, threads_with_tag
from forums.queries.unread import all_unread, unread_page

__all__ = [
    "Begun",
    "BookmarkPage",
    "Overlay",
    "PostPage",
    "ThreadPage",
    "add_shown",
    "all_unread",
    "bookmark_on",
    "bookmarks_of",
    "decisions_on_tag",
    "decisions_on_thread",
    "draft_of",
    "draft_with_id",
    "drafts_of",
    "dropped_bookmark",
    "first_unread",
    "forum_board",
    "forum_for",
    "forum_id_of",
    "forums_read",
    "history_of",
    "last_summary",
    "latest_threads",
    "opening_posts",
    "overlay",
    "page_of_post",
    "poll_on_page",
    "post_for",
    "posts_by",
    "posts_of_thread",
    "read_up_to",
    "revision_for",
    "shown_poll",
    "shown_summary",
    "similar_threads",
    "standing_to_thread",
    "streams_of_forums",
    "tag_for",
    "tag_to_curate",
    "tags_and_words",
    "tags_like",
    "thread_for",
    "thread_page_of_forum",
    "threads_by",
    "threads_by_members",
    "threads_of_member",
    "threads_with_tag",
    "unanswered_page",
    "unanswered_questions",
    "unread_page",
    "unread_threads",
]
