"""Posts, and with them their threads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from community.facts.models import Fact
from community.members.facts import MemberChanged, MemberClosedOut, MemberLetBackIn
from community.members.rulings import Viewer
from community.search.documents import (
    Findable,
    Found,
    Place,
    Suggested,
    brings,
    changes,
    finds,
    ids_in,
    names_places,
    suggests,
)
from community.search.engine import Document, Kind, SearchRequest
from community.search.slices import fitting, slices
from community.text.plain import plain
from community.topics.facts import TagsJoined, TagsParted
from community.topics.models import Tag, TaggedThing
from forums.choices import PostKind
from forums.documents.audiences import audiences, audiences_of, seconds, tag_ids, tagged
from forums.facts import (
    AuthorForgotten,
    ForumChanged,
    PostAdded,
    PostDeleted,
    PostEdited,
    PostHidden,
    PostRestored,
    PostUndeleted,
    PostVoted,
    ThreadAudienceChanged,
    ThreadImported,
    ThreadMoved,
    ThreadOpened,
    ThreadRetitled,
)
from forums.models import Outcome, Post, Thread
from forums.queries.tags import tags_and_words
from forums.rules import seeable_forums, seeable_posts, shown_posts
from i18n.languages import DEFAULT
from i18n.texts import said

ANSWERS_OF_A_THREAD = 10  # looked at, where no engine answers
TAG = pgettext_lazy("kind of search suggestion", "Tag")


def documents_of_posts(ids: Iterable[int]) -> list[Document]:
    """What all readers of the thread see."""
    shown = Post.objects.filter(shown_posts(), pk__in=list(ids), thread__is_hidden=False, thread__is_deleted=False)
    posts = list(shown.select_related("thread__forum", "author"))
    tags = tag_ids(Thread, {post.thread_id for post in posts})
    return [_document_of_post(post, tags.get(post.thread_id, ())) for post in posts]


def _document_of_post(post: Post, tags: tuple[int, ...]) -> Document:
    thread, author = post.thread, post.author
    return Document(
        key=f"post-{post.pk}",
        kind=Kind.ANSWER if post.kind == PostKind.ANSWER else Kind.POST,
        group=f"thread-{thread.pk}",
        titles={thread.language: thread.title} if post.kind == PostKind.OPENING else {},
        bodies={post.language: plain(post.body_html)},
        audiences=audiences_of(thread),
        language=post.language,
        names=(author.name,) if author and author.is_active else (),
        tags=tags,
        cities=(author.speaks_for_id,) if author and author.is_active and author.speaks_for_id else (),
        places=(f"forum-{thread.forum_id}",),
        made_at=seconds(post.written_at),
        active_at=seconds(thread.last_post_at if post.kind == PostKind.OPENING else post.written_at),
        votes=post.helpful_count,
    )


def show_posts(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    seen = seeable_posts(viewer).filter(pk__in=list(ids)).select_related("thread__forum", "author__city")
    language = get_language() or DEFAULT
    return {
        post.pk: Found(
            kind=Kind.ANSWER if post.kind == PostKind.ANSWER else Kind.POST,
            title=post.thread.title,
            title_language=post.thread.language,
            text=plain(post.body_html),
            language=post.language,
            address=reverse("forums:post", args=[post.pk]),
            who=post.author.name if post.author and post.author.is_active else "",
            where=said(post.thread.forum, "title", language).text,
            at=post.written_at,
        )
        for post in seen
    }


def look_for_posts(viewer: Viewer, request: SearchRequest, most: int) -> list[int]:
    """Of threads whose titles have the words: their opening posts, or their answers where answers alone are asked for.

    A thread stands once, answers with the one that helped most.
    """
    asked = fitting(
        request,
        words=["thread__title"],
        at="written_at",
        places={"forum": "thread__forum"},
        language="language",
        tag=lambda tags: Q(thread__in=tagged(Thread, tags)),
        city=lambda cities: Q(author__city__in=cities, author__city_confirmed_at__isnull=False, author__is_active=True),
    )
    found = seeable_posts(viewer).filter(asked)
    if Kind.ANSWER in request.kinds and Kind.POST not in request.kinds:
        answers = found.filter(kind=PostKind.ANSWER).order_by("-thread__last_post_id", "-helpful_count", "pk")
        best: dict[int, int] = {}
        for thread_id, pk in answers.values_list("thread", "pk")[: most * ANSWERS_OF_A_THREAD]:
            best.setdefault(thread_id, pk)
        return list(best.values())[:most]
    openings = found.filter(kind=PostKind.OPENING).order_by("-thread__last_post_id")
    return list(openings.values_list("pk", flat=True)[:most])


finds(
    Findable(
        prefix="post",
        documents=documents_of_posts,
        ids=lambda: slices(Post.objects.all()),
        show=show_posts,
        audiences=audiences,
        look=look_for_posts,
    )
)


@changes(PostAdded, PostUndeleted, PostRestored)
@changes(PostDeleted, PostHidden, hides=True)
def posts_and_what_hangs_on_them(facts: Sequence[Fact]) -> Iterator[str]:
    """With the opening post goes its thread, with an answer its comments."""
    ids = ids_in(facts, "post_id")
    yield from posts_alone(facts)
    yield from _keys(Post.objects.filter(answer__in=ids))
    opened = Post.objects.filter(pk__in=ids, kind=PostKind.OPENING).values("thread")
    yield from _keys(Post.objects.filter(thread__in=opened))


@changes(PostAdded, PostUndeleted, PostRestored, PostDeleted, PostHidden)
def opening_posts(facts: Sequence[Fact]) -> Iterator[str]:
    """A thread is as active as its last post."""
    threads = Post.objects.filter(pk__in=ids_in(facts, "post_id")).values("thread")
    yield from _keys(Post.objects.filter(thread__in=threads, kind=PostKind.OPENING))


@brings(PostAdded)
@changes(PostEdited, PostVoted)
def posts_alone(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"post-{pk}" for pk in ids_in(facts, "post_id"))


@changes(ThreadOpened, ThreadImported, ThreadRetitled)
@changes(ThreadMoved, ThreadAudienceChanged, AuthorForgotten, hides=True)
def posts_of_thread(facts: Sequence[Fact]) -> Iterator[str]:
    yield from _keys(Post.objects.filter(thread__in=ids_in(facts, "thread_id")))


@changes(ForumChanged)
def posts_of_forum(facts: Sequence[Fact]) -> Iterator[str]:
    """Who may find them hangs on who may read it."""
    yield from _keys(Post.objects.filter(thread__forum__in=ids_in(facts, "forum_id")))


@changes(MemberChanged, MemberClosedOut, MemberLetBackIn)
def posts_of_member(facts: Sequence[Fact]) -> Iterator[str]:
    yield from _keys(Post.objects.filter(author__in=ids_in(facts, "member_id")))


@changes(TagsJoined, TagsParted)
def things_with_tag(facts: Sequence[Fact]) -> Iterator[str]:
    """A word that means another tag: what has either is found by both."""
    tags = [*ids_in(facts, "tag_id"), *ids_in(facts, "synonym_id")]
    threads = TaggedThing.objects.filter(tag__in=tags, content_type__model="thread")
    yield from _keys(Post.objects.filter(thread__in=threads.values("object_id")))
    exchanges = TaggedThing.objects.filter(tag__in=tags, content_type__model="exchange")
    ids = list(exchanges.values_list("object_id", flat=True))
    yield from (f"exchange-{pk}" for pk in ids)
    outcomes = Outcome.objects.filter(exchange__in=ids)
    yield from (f"outcome-{pk}" for pk in outcomes.values_list("pk", flat=True))


@brings(ThreadOpened)
def new_thread(facts: Sequence[Fact]) -> Iterator[str]:
    yield from _keys(Post.objects.filter(thread__in=ids_in(facts, "thread_id"), kind=PostKind.OPENING))


@suggests
def tags_while_typing(viewer: Viewer, typed: str, most: int) -> list[Suggested]:
    """Those that threads bear which she may see. Three queries."""
    tags = Tag.objects.filter(name__in=tags_and_words(typed, most, viewer=viewer)).order_by("folded")
    return [Suggested(tag.name, reverse("forums:tag", args=[tag.slug]), TAG) for tag in tags]


@names_places("forum")
def forums_named(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Place]:
    language = get_language() or DEFAULT
    forums = seeable_forums(viewer).filter(pk__in=list(ids))
    titles = {forum.pk: said(forum, "title", language) for forum in forums}
    return {pk: Place(title.text, title.language) for pk, title in titles.items()}


def _keys(posts: QuerySet[Post]) -> Iterator[str]:
    return (f"post-{pk}" for pk in posts.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2_000))
