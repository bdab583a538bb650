"""What changes on open pages of the forums. docs/live.md says what browsers make of it."""

from collections.abc import Iterable

from community.facts.models import Fact
from community.live.streams import StreamKind, Thing, adds, provides
from community.members.models import Member
from community.polls.fragments import MEMBER as MEMBER_IN_POLL
from community.polls.fragments import poll_fragment
from forums.fragments import GUEST, MEMBER, MODERATOR, head_fragment, post_fragment, row_fragment
from forums.models import Post, Thread
from forums.places import place_of_post
from forums.queries import overlay, shown_poll
from forums.queries.changed import changed_posts, changed_thread
from forums.queries.tags import say_tags
from forums.queries.threads import with_shown
from forums.queries.watchers import classes_in_forum, classes_in_thread, is_listed_to
from forums.rules import is_shown, moderates, seeable_posts

# After these a thread had better be fetched.
WHOLE_PAGE = {"thread_moved", "thread_audience_changed", "thread_imported", "author_forgotten"}
OF_EXCHANGE = "exchange_id"  # after facts that name one too: stages stand beside the posts


def things_of_thread(thread_id: int, facts: list[Fact], language: str, audience: str) -> list[Thing] | None:
    thread = changed_thread(thread_id)
    if thread is None or any(fact.name in WHOLE_PAGE or OF_EXCHANGE in fact.ids for fact in facts):
        return None
    head = Thing(id=f"head-{thread.pk}", html=head_fragment(thread, language), version=thread.version)
    posts = changed_posts(_ids(facts, "post_id"), thread)
    polls = things_of_poll(thread, language, audience) if _ids(facts, "poll_id") else []
    return [*(thing_of_post(post, language, audience) for post in posts), *polls, head]


def things_of_poll(thread: Thread, language: str, audience: str) -> list[Thing]:
    """What all see of it. Who has voted may see more, and asks for that herself."""
    if (shown := shown_poll(thread)) is None:
        return []
    html = poll_fragment(shown, language, GUEST if audience == GUEST else MEMBER_IN_POLL)
    return [Thing(id=f"poll-{shown.poll.pk}", html=html, version=shown.poll.version)]


def thing_of_post(post: Post, language: str, audience: str) -> Thing:
    """The shared fragment, or nothing where this class does not see the post."""
    seen = audience == MODERATOR or is_shown(post)
    return Thing(
        id=f"post-{post.pk}",
        html=post_fragment(post, language, audience) if seen else None,
        place=place_of_post(post),
        version=post.version,
        data={"kind": post.kind},
    )


def things_of_forum(forum_id: int, facts: list[Fact], language: str, audience: str) -> list[Thing] | None:
    if any(fact.name == "forum_changed" for fact in facts):
        return None
    ids = _ids(facts, "thread_id")
    found = {thread.pk: thread for thread in with_shown(Thread.objects.filter(pk__in=ids, forum=forum_id))}
    say_tags(found.values())
    return [
        thing_of_row(found[pk], language, audience) if pk in found else Thing(id=f"thread-{pk}") for pk in sorted(ids)
    ]


def thing_of_row(thread: Thread, language: str, audience: str) -> Thing:
    return Thing(
        id=f"thread-{thread.pk}",
        html=row_fragment(thread, language) if is_listed_to(audience, thread) else None,
        place=thread.place,
        version=thread.version,
        data={"last_post": thread.last_post_id},
    )


def things_of_member(member_id: int, facts: list[Fact], language: str, audience: str) -> list[Thing]:
    """What of some posts is hers, and those of hers that others do not see."""
    ids = _ids(facts, "post_id")
    member = Member.objects.filter(pk=member_id).first()
    if member is None or not ids:
        return []
    posts = changed_posts(ids)
    seen = set(seeable_posts(member).filter(pk__in=[post.pk for post in posts]).values_list("pk", flat=True))
    mine = overlay(member, posts)
    shared = {post.thread_id for post in posts if moderates(member, post.thread.forum)}
    return [
        thing_of_mine(
            post,
            language,
            is_apart=post.pk in seen and post.thread_id not in shared and not is_shown(post),
            own=post.pk in mine.own,
            voted=post.pk in mine.voted,
            bookmarked=post.pk in mine.bookmarked,
        )
        for post in posts
    ]


def thing_of_mine(post: Post, language: str, *, is_apart: bool, own: bool, voted: bool, bookmarked: bool) -> Thing:
    """Params: is_apart, she sees it and others of her class do not."""
    rendering = MODERATOR if post.hidden_at and own else MEMBER
    return Thing(
        id=f"post-{post.pk}",
        html=post_fragment(post, language, rendering) if is_apart else None,
        place=place_of_post(post),
        version=post.version,
        data={
            "on": f"thread:{post.thread_id}",
            "kind": post.kind,
            "own": own,
            "voted": voted,
            "bookmarked": bookmarked,
        },
    )


def _ids(facts: Iterable[Fact], name: str) -> set[int]:
    return {fact.ids[name] for fact in facts if name in fact.ids}


provides(StreamKind("thread", classes_in_thread, things_of_thread))
provides(StreamKind("forum", classes_in_forum, things_of_forum))
adds(StreamKind("member", lambda key, member_ids: {}, things_of_member))
