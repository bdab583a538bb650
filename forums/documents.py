"""What of the forums can be found: posts, requests between cities, and what came of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from community.facts.models import Fact
from community.members.facts import MemberChanged, MemberClosedOut, MemberLetBackIn
from community.members.rules import is_moderator
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
from community.search.engine import Document, Kind
from community.search.slices import having_words, slices
from community.text.markdown import render
from community.text.plain import plain
from community.text.unfit import TextTooHeavy
from community.topics.facts import TagsJoined, TagsParted
from community.topics.models import Tag, TaggedThing
from forums.choices import Audience, PostKind
from forums.facts import (
    AuthorForgotten,
    ExchangeAsked,
    ExchangeHidden,
    ExchangeReopened,
    ExchangeShown,
    ExchangeWithdrawn,
    ForumChanged,
    OutcomePublished,
    OutcomePutBack,
    OutcomeTakenAway,
    PostAdded,
    PostDeleted,
    PostEdited,
    PostHidden,
    PostRestored,
    PostUndeleted,
    PostVoted,
    RequestChanged,
    ThreadImported,
    ThreadMoved,
    ThreadOpened,
    ThreadRetitled,
)
from forums.models import Exchange, Forum, Outcome, Post, Thread
from forums.queries.tags import tags_and_words
from forums.rules import seeable_forums, seeable_posts, shown_posts
from forums.rules.exchanges import SETTLED, seeable_exchanges, seeable_outcomes
from forums.rules.seeing import TAKING_PART, is_member, moderating_rows
from i18n.languages import CODES, DEFAULT
from i18n.texts import said

OUTCOME_TEXTS = ("context", "tried", "result", "cost", "contacts")
EVERYBODY = "p"
TAG = pgettext_lazy("kind of search suggestion", "Tag")


# --- Who may find: forum by forum, so that who enters or leaves a circle finds more or less at once ---


def audiences(viewer: Viewer) -> Iterator[str]:
    """Two queries, three for a member."""
    yield EVERYBODY
    circles = set(viewer.circles.values_list("pk", flat=True)) if is_member(viewer) else set[int]()
    led = set(moderated_forums(viewer).values_list("pk", flat=True))
    for forum in seeable_forums(viewer).only("pk", "audience", "circle"):
        yield for_forum(forum.pk, Audience.GUESTS)
        if is_member(viewer):
            yield for_forum(forum.pk, Audience.MEMBERS)
        if forum.circle_id in circles or forum.pk in led:
            yield for_forum(forum.pk, Audience.GROUP)
        if forum.pk in led:
            yield for_forum(forum.pk, Audience.PARTIES)
    if is_member(viewer) and viewer.speaks_for_id:
        here = Exchange.objects.filter(parties__city_id=viewer.speaks_for_id, parties__role__in=TAKING_PART)
        yield from (for_parties(thread_id) for thread_id in here.values_list("thread_id", flat=True))


def moderated_forums(viewer: Viewer) -> QuerySet[Forum]:
    if is_moderator(viewer):
        return Forum.objects.all()
    return Forum.objects.filter(pk__in=moderating_rows(viewer).values("forum_id"))


def for_forum(forum_id: int, audience: str) -> str:
    return f"f{forum_id}-{audience}"


def for_parties(thread_id: int) -> str:
    return f"t{thread_id}"


def audiences_of(thread: Thread) -> frozenset[str]:
    audience = thread.audience or thread.forum.audience
    by_forum = for_forum(thread.forum_id, audience)
    return frozenset({by_forum, for_parties(thread.pk)} if audience == Audience.PARTIES else {by_forum})


# --- Posts ---


def documents_of_posts(ids: Iterable[int]) -> list[Document]:
    """What all readers of the thread see."""
    shown = Post.objects.filter(shown_posts(), pk__in=list(ids), thread__is_hidden=False, thread__is_deleted=False)
    posts = list(shown.select_related("thread__forum", "author"))
    tags = _tag_ids(Thread, {post.thread_id for post in posts})
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
        cities=(author.city_id,) if author and author.is_active and author.city_id else (),
        places=(f"forum-{thread.forum_id}",),
        made_at=_seconds(post.written_at),
        active_at=_seconds(thread.last_post_at if post.kind == PostKind.OPENING else post.written_at),
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


def look_for_posts(viewer: Viewer, q: str, most: int) -> list[int]:
    titled = having_words(q, "thread__title")
    found = seeable_posts(viewer).filter(titled, kind=PostKind.OPENING).order_by("-thread__last_post_id")
    return list(found.values_list("pk", flat=True)[:most])


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
@changes(ThreadMoved, AuthorForgotten, hides=True)
def posts_of_thread(facts: Sequence[Fact]) -> Iterator[str]:
    yield from _keys(Post.objects.filter(thread__in=ids_in(facts, "thread_id")))


@changes(ForumChanged)
def posts_of_forum(facts: Sequence[Fact]) -> Iterator[str]:
    """Who may find them hangs on who may read it."""
    yield from _keys(Post.objects.filter(thread__forum__in=ids_in(facts, "forum_id")))


@changes(MemberChanged, MemberClosedOut, MemberLetBackIn)
def posts_of_member(facts: Sequence[Fact]) -> Iterator[str]:
    yield from _keys(Post.objects.filter(author__in=ids_in(facts, "member_id")))


# --- Requests between cities ---


def documents_of_exchanges(ids: Iterable[int]) -> list[Document]:
    """The card alone: its conversation is made of posts, which have readers of their own."""
    open_ones = Exchange.objects.filter(pk__in=list(ids), withdrawn_at=None, hidden_at=None)
    exchanges = list(open_ones)
    tags = _tag_ids(Exchange, {each.pk for each in exchanges})
    return [
        Document(
            key=f"exchange-{each.pk}",
            kind=Kind.EXCHANGE,
            group=f"exchange-{each.pk}",
            titles={each.language: each.title},
            bodies={each.language: f"{_plain_of(each.sought)} {_plain_of(each.offered)}"},
            audiences=frozenset(
                {for_forum(each.forum_id, Audience.GUESTS if each.is_open_to_guests else Audience.MEMBERS)}
            ),
            language=each.language,
            tags=tags.get(each.pk, ()),
            cities=(each.city_id,),
            places=(f"forum-{each.forum_id}",),
            made_at=_seconds(each.asked_at),
            active_at=_seconds(each.asked_at),
        )
        for each in exchanges
    ]


def show_exchanges(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    seen = seeable_exchanges(viewer).filter(pk__in=list(ids), withdrawn_at=None).select_related("forum", "city")
    language = get_language() or DEFAULT
    return {
        each.pk: Found(
            kind=Kind.EXCHANGE,
            title=each.title,
            title_language=each.language,
            text=f"{_plain_of(each.sought)} {_plain_of(each.offered)}",
            language=each.language,
            address=reverse("forums:exchange", args=[each.pk, each.slug]),
            who=said(each.city, "name", language).text,
            where=said(each.forum, "title", language).text,
            at=each.asked_at,
        )
        for each in seen
    }


def look_for_exchanges(viewer: Viewer, q: str, most: int) -> list[int]:
    found = seeable_exchanges(viewer).filter(having_words(q, "title", "sought"), withdrawn_at=None).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:most])


finds(
    Findable(
        prefix="exchange",
        documents=documents_of_exchanges,
        ids=lambda: slices(Exchange.objects.all()),
        show=show_exchanges,
        audiences=audiences,
        look=look_for_exchanges,
    )
)


@changes(ExchangeAsked, ExchangeReopened, ExchangeShown)
@changes(RequestChanged, ExchangeWithdrawn, ExchangeHidden, hides=True)
def exchange_and_outcome(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"exchange-{pk}" for pk in ids_in(facts, "exchange_id"))
    yield from outcome_of(facts)


# --- What came of them ---


def documents_of_outcomes(ids: Iterable[int]) -> list[Document]:
    outcomes = _published().filter(pk__in=list(ids)).select_related("exchange")
    parties = {each.pk: _cities_of(each) for each in outcomes}
    return [
        Document(
            key=f"outcome-{each.pk}",
            kind=Kind.OUTCOME,
            group=f"outcome-{each.pk}",
            titles=_in_languages(each, "title"),
            bodies={
                code: " ".join(_plain_of(getattr(each, f"{field}_{code}") or "") for field in OUTCOME_TEXTS)
                for code in CODES
                if getattr(each, f"title_{code}") or getattr(each, f"result_{code}")
            },
            audiences=frozenset({EVERYBODY}),
            language=each.original_language,
            cities=parties[each.pk],
            places=(f"forum-{each.exchange.forum_id}",),
            made_at=_seconds(each.published_at or each.edited_at),
            active_at=_seconds(each.published_at or each.edited_at),
        )
        for each in outcomes
    ]


def show_outcomes(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    """Published, whoever asks: a draft is found on its exchange's own page."""
    seen = seeable_outcomes(viewer).filter(pk__in=list(ids)).filter(pk__in=_published())
    language = get_language() or DEFAULT
    return {each.pk: _found_outcome(each, language) for each in seen.select_related("exchange__city")}


def _found_outcome(outcome: Outcome, language: str) -> Found:
    title = said(outcome, "title", language)
    texts = (said(outcome, field, title.language).text for field in OUTCOME_TEXTS)
    return Found(
        kind=Kind.OUTCOME,
        title=title.text,
        title_language=title.language,
        text=" ".join(map(_plain_of, texts)),
        language=title.language,
        address=reverse("forums:outcome", args=[outcome.exchange_id, outcome.exchange.slug]),
        who=said(outcome.exchange.city, "name", language).text,
        at=outcome.published_at,
    )


def look_for_outcomes(viewer: Viewer, q: str, most: int) -> list[int]:
    fitting = having_words(q, *(f"{field}_{code}" for field in ("title", "result") for code in CODES))
    return list(_published().filter(fitting).order_by("-published_at", "pk").values_list("pk", flat=True)[:most])


finds(
    Findable(
        prefix="outcome",
        documents=documents_of_outcomes,
        ids=lambda: slices(Outcome.objects.all()),
        show=show_outcomes,
        audiences=lambda viewer: [EVERYBODY],
        look=look_for_outcomes,
    )
)


@brings(OutcomePublished)
@changes(OutcomePublished, OutcomePutBack)
@changes(OutcomeTakenAway, hides=True)
def outcome_of(facts: Sequence[Fact]) -> Iterator[str]:
    outcomes = Outcome.objects.filter(exchange__in=ids_in(facts, "exchange_id")).values_list("pk", flat=True)
    yield from (f"outcome-{pk}" for pk in outcomes)


@changes(TagsJoined, TagsParted)
def things_with_tag(facts: Sequence[Fact]) -> Iterator[str]:
    """A word that means another tag: what has either is found by both."""
    tags = [*ids_in(facts, "tag_id"), *ids_in(facts, "synonym_id")]
    threads = TaggedThing.objects.filter(tag__in=tags, content_type__model="thread")
    yield from _keys(Post.objects.filter(thread__in=threads.values("object_id")))
    exchanges = TaggedThing.objects.filter(tag__in=tags, content_type__model="exchange")
    yield from (f"exchange-{pk}" for pk in exchanges.values_list("object_id", flat=True))


@brings(ThreadOpened)
def new_thread(facts: Sequence[Fact]) -> Iterator[str]:
    yield from _keys(Post.objects.filter(thread__in=ids_in(facts, "thread_id"), kind=PostKind.OPENING))


@brings(ExchangeAsked)
def new_exchange(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"exchange-{pk}" for pk in ids_in(facts, "exchange_id"))


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


def _published() -> QuerySet[Outcome]:
    return Outcome.objects.filter(published_at__isnull=False, withdrawn_at=None, exchange__hidden_at=None)


def _cities_of(outcome: Outcome) -> tuple[int, ...]:
    settled = outcome.exchange.parties.filter(role__in=SETTLED)
    return tuple(sorted(settled.values_list("city_id", flat=True)))


def _in_languages(thing: Outcome, field: str) -> dict[str, str]:
    return {code: text for code in CODES if (text := getattr(thing, f"{field}_{code}"))}


def _keys(posts: QuerySet[Post]) -> Iterator[str]:
    return (f"post-{pk}" for pk in posts.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2_000))


def _tag_ids(model: type[Thread] | type[Exchange], ids: set[int]) -> dict[int, tuple[int, ...]]:
    """Of each, its tags: a synonym as the tag it means."""
    kind = ContentType.objects.get_for_model(model)
    found: dict[int, set[int]] = defaultdict(set)
    rows = TaggedThing.objects.filter(content_type=kind, object_id__in=ids).values_list(
        "object_id", "tag_id", "tag__synonym_of"
    )
    for pk, tag_id, meant in rows:
        found[pk].add(meant or tag_id)
    return {pk: tuple(sorted(tags)) for pk, tags in found.items()}


def _plain_of(markdown: str) -> str:
    try:
        return plain(render(markdown)) if markdown else ""
    except TextTooHeavy:  # kept from before a cap was lowered
        return markdown


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
