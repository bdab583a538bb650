"""Who is told of what is written. Deliveries may come late, twice or out of order: each reads what is so now."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from community.facts.deliveries import deliver
from community.facts.listeners import listens, listens_for_one
from community.facts.models import Fact
from community.following.choices import Level
from community.members.queries.people import members_called
from community.notifications.actions import notify, review
from community.notifications.ports import NoticeKind
from community.notifications.queries import members_told
from community.text.mentions import handles_in
from forums.actions.bookmarks import say_reminded
from forums.choices import Audience, PostKind
from forums.facts import (
    AnswerAccepted,
    AnswerUnaccepted,
    BookmarkChanged,
    ForumChanged,
    PostAdded,
    PostDeleted,
    PostEdited,
    PostHidden,
    PostRestored,
    PostUndeleted,
    ThreadAudienceChanged,
    ThreadMoved,
    ThreadOpened,
)
from forums.models import Bookmark, Post
from forums.notices import (
    ACCEPTED,
    ANSWER,
    COMMENT,
    DIRECT,
    HIDDEN,
    MENTION,
    NEW_POST,
    OPENED,
    REMINDER,
    REPLY,
    RESPONSE,
    RESTORED,
    WATCHED,
)
from forums.queries.bookmarks import due_bookmark
from forums.queries.levels import has_muted, level_in, watchers_of


@listens(PostAdded)
def tell_of_post(fact: Fact) -> None:
    post = _post(fact)
    _tell(post, fact, _directly(post))


@listens(PostAdded, ThreadOpened)
def tell_watchers(fact: Fact) -> None:
    """One delivery each: who is slow, or fails, delays nobody. Who is told directly anyway is left out."""
    post = _post(fact) if "post_id" in fact.ids else _opening(fact)
    deliver(fact, tell_watcher, to=watchers_of(post.thread) - set(_directly(post)) - {post.author_id})


@listens_for_one()
def tell_watcher(fact: Fact, member_id: int) -> None:
    """If she watches it still, and sees it, which `notify` asks."""
    post = _post(fact) if "post_id" in fact.ids else _opening(fact)
    if level_in(member_id, post.thread) != Level.WATCHING or member_id in members_told(NEW_POST, post.pk):
        return
    kind = OPENED if post.kind == PostKind.OPENING else WATCHED
    subject_id = None if kind is OPENED else post.thread_id
    notify(member_id, kind, target_id=post.pk, subject_id=subject_id, fact_id=fact.pk, actor_id=post.author_id)


@listens(PostEdited)
def tell_of_new_mentions(fact: Fact) -> None:
    post = _post(fact)
    _tell(post, fact, _mentioned(post))


@listens(ThreadOpened)
def tell_of_thread(fact: Fact) -> None:
    post = _opening(fact)
    _tell(post, fact, _mentioned(post))


@listens(AnswerAccepted)
def tell_of_acceptance(fact: Fact) -> None:
    post = _post(fact)
    if post.author_id and post.author_id not in members_told([ACCEPTED], post.pk):
        notify(post.author_id, ACCEPTED, target_id=post.pk, fact_id=fact.pk, actor_id=fact.actor_id)
    review([post.pk], ACCEPTED)


@listens(AnswerUnaccepted)
def withdraw_acceptance(fact: Fact) -> None:
    review([fact.ids["post_id"]], ACCEPTED)


@listens(PostHidden, PostRestored)
def tell_its_author(fact: Fact) -> None:
    """The reason stands with it. What is not so any more is not told."""
    post, kind = _post(fact), HIDDEN if fact.name == "post_hidden" else RESTORED
    if post.author_id is not None and (post.hidden_at is not None) == (kind is HIDDEN):
        notify(post.author_id, kind, target_id=post.pk, fact_id=fact.pk, actor_id=fact.actor_id)


@listens(PostHidden, PostRestored, PostDeleted, PostUndeleted)
def review_post(fact: Fact) -> None:
    """With the opening post goes its thread, with an answer its comments."""
    post = _post(fact)
    if post.kind == PostKind.OPENING:
        review_posts(Post.objects.filter(thread=post.thread))
    else:
        review_posts(Post.objects.filter(Q(pk=post.pk) | Q(answer=post.pk)))


@listens(ThreadMoved, ThreadAudienceChanged)
def review_thread(fact: Fact) -> None:
    review_posts(Post.objects.filter(thread=fact.ids["thread_id"]))


@listens(ForumChanged)
def review_forum(fact: Fact) -> None:
    review_posts(Post.objects.filter(thread__forum=fact.ids["forum_id"]))


def _post(fact: Fact) -> Post:
    return Post.objects.select_related("thread", "reply_to", "answer").get(pk=fact.ids["post_id"])


def _opening(fact: Fact) -> Post:
    return Post.objects.select_related("thread").get(thread=fact.ids["thread_id"], kind=PostKind.OPENING)


def _directly(post: Post) -> dict[int | None, NoticeKind]:
    """Who is told of a new post by its own nature; a mention wins."""
    return _mentioned(post) if post.kind == PostKind.OPENING else _concerned(post) | _mentioned(post)


def _concerned(post: Post) -> dict[int | None, NoticeKind]:
    """By member's id: who asked, unless she has muted the thread; who is replied to, whose answer is commented on."""
    spoken_to = {above.author_id: REPLY for above in (post.answer, post.reply_to) if above}
    asker_id = post.thread.author_id
    if asker_id is None or has_muted(post.thread, [asker_id]):
        return spoken_to
    return {asker_id: _for_asker(post)} | spoken_to


def _for_asker(post: Post) -> NoticeKind:
    if post.thread.audience == Audience.PARTIES:
        return RESPONSE
    return {PostKind.ANSWER: ANSWER, PostKind.COMMENT: COMMENT}.get(PostKind(post.kind), REPLY)


def _mentioned(post: Post) -> dict[int | None, NoticeKind]:
    members = members_called(handles_in(post.body_markdown)).values()
    return dict.fromkeys((member.pk for member in members), MENTION)


def _tell(post: Post, fact: Fact, kinds: dict[int | None, NoticeKind]) -> None:
    told = members_told(DIRECT, post.pk) | {post.author_id, None}
    for member_id, kind in kinds.items():
        if member_id is not None and member_id not in told:
            notify(
                member_id,
                kind,
                target_id=post.pk,
                subject_id=post.thread_id,
                fact_id=fact.pk,
                actor_id=post.author_id,
            )


def review_posts(posts: QuerySet[Post]) -> None:
    """Who may see these has changed: what was told of them goes, or comes back."""
    ids: Iterable[int] = posts.values_list("pk", flat=True)
    review(ids, *NEW_POST, ACCEPTED, HIDDEN, RESTORED)
    review(Bookmark.objects.filter(post__in=ids).values_list("pk", flat=True), REMINDER)


@listens(BookmarkChanged)
def remind(fact: Fact) -> None:
    """Due at the time she has set. What she has set since, or taken away, holds."""
    mark = due_bookmark(fact.ids["bookmark_id"])
    if mark is not None:
        notify(mark.member_id, REMINDER, target_id=mark.pk, fact_id=fact.pk)
        say_reminded(mark)
    review([fact.ids["bookmark_id"]], REMINDER)
