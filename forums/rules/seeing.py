"""Who may see what in the forums.

Each `can_x(viewer, thing)` stands beside the queryset it agrees with. A forum has its audience; a thread
may have a narrower one of its own; what is hidden or deleted is seen by its author and by those who
moderate the forum; a comment is seen where its answer is.

The conversation of an exchange is for its *parties*: the members, as they are now, who speak for the city that
asks or for one that has responded or was matched (`Member.speaks_for_id`: to name a city in one's profile is not
enough). An invited city is none until it responds, and one that has left, or was not matched when others were, is
none any more. Whoever wrote there reads it for as long as her city takes part.
"""

from typing import Any, TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from community.members.models import Member
from community.members.rules import is_moderator, sleeps
from community.members.rulings import YES, Ruling, Viewer, no
from forums.choices import Audience, PartyRole
from forums.models import Forum, Party, Post, Thread

UNSEEN = no(pgettext_lazy("why not", "You do not have access to this."))
# The audiences of threads that leave out no reader of the forum.
LISTED: dict[str, list[str]] = {
    Audience.GUESTS: ["", Audience.GUESTS],
    Audience.MEMBERS: ["", Audience.GUESTS, Audience.MEMBERS],
    Audience.GROUP: ["", Audience.GUESTS, Audience.MEMBERS, Audience.GROUP],
}
TAKING_PART = [PartyRole.ASKING, PartyRole.RESPONDED, PartyRole.MATCHED]


def is_member(viewer: Viewer) -> TypeGuard[Member]:
    """Signed in, and the account is not closed."""
    return viewer.is_authenticated and viewer.is_active


def moderates(viewer: Viewer, forum: Forum) -> bool:
    """Site moderators, administrators and the forum's own moderators.

    One query a viewer, forum and request: the answer stays with the viewer as it was loaded.
    """
    if is_moderator(viewer):
        return True
    if not is_member(viewer) or sleeps(viewer):
        return False
    known: dict[int, bool] = viewer.__dict__.setdefault("_moderates", {})
    if forum.pk not in known:
        known[forum.pk] = forum.moderators.filter(pk=viewer.pk).exists()
    return known[forum.pk]


def remember_moderating(viewer: Viewer, forum_id: int, *, moderating: bool) -> None:
    """For queries that have asked it along with something else, of one who is no site moderator."""
    viewer.__dict__.setdefault("_moderates", {})[forum_id] = moderating


def moderating_rows(viewer: Viewer) -> "QuerySet[Any]":
    """Of `Forum.moderators`, those by which she moderates forums now: they sleep as the roles of staff do."""
    rows = Forum.moderators.through.objects.filter(member_id=viewer.pk or 0)
    return rows if is_member(viewer) and not sleeps(viewer) else rows.none()


def seeable_forums(viewer: Viewer) -> QuerySet[Forum]:
    if is_moderator(viewer):
        return Forum.objects.all()
    if not is_member(viewer):
        return Forum.objects.filter(audience=Audience.GUESTS)
    open_to_all = Q(audience__in=[Audience.GUESTS, Audience.MEMBERS])
    in_circle = Q(audience=Audience.GROUP, circle__in=viewer.circles.values("pk"))
    return Forum.objects.filter(open_to_all | in_circle | _moderates_there(viewer, "pk"))


def can_see_forum(viewer: Viewer, forum: Forum) -> Ruling:
    return YES if _is_in_audience(viewer, forum, forum.audience) or moderates(viewer, forum) else UNSEEN


def seeable_threads(viewer: Viewer) -> QuerySet[Thread]:
    if is_moderator(viewer):
        return Thread.objects.all()
    return Thread.objects.filter(_thread_is_seen(viewer, "") | _moderates_there(viewer, "forum_id"))


def threads_of(viewer: Viewer, forum: Forum) -> QuerySet[Thread]:
    """What of this forum, which the viewer may see, she sees: `seeable_threads` with the forum's part decided."""
    threads = forum.threads.all()  # each of which knows its forum
    if moderates(viewer, forum):
        return threads
    to_her = Q(audience__in=["", *(audience for audience in Audience if _is_in_audience(viewer, forum, audience))])
    stands = Q(is_hidden=False, is_deleted=False)
    if is_member(viewer):
        to_her |= Q(audience=Audience.PARTIES) & Q(takes_part_in(viewer, "pk"))
        stands |= Q(author_id=viewer.pk)
    return threads.filter(stands, to_her)


def can_see_thread(viewer: Viewer, thread: Thread) -> Ruling:
    return YES if _sees_thread(viewer, thread) or moderates(viewer, thread.forum) else UNSEEN


def seeable_posts(viewer: Viewer) -> QuerySet[Post]:
    """Over all threads. Where the thread is at hand and may be seen, `posts_of` costs less."""
    if is_moderator(viewer):
        return Post.objects.all()
    seen = _thread_is_seen(viewer, "thread__") & _post_stands(viewer)
    return Post.objects.filter(seen | _moderates_there(viewer, "thread__forum_id"))


def posts_of(viewer: Viewer, thread: Thread, *, moderating: bool) -> QuerySet[Post]:
    """What of this thread, which the viewer may see, she sees. Params: moderating, what `moderates` says."""
    posts = Post.objects.filter(thread=thread)
    return posts if moderating else posts.filter(_post_stands(viewer))


def can_see_post(viewer: Viewer, post: Post) -> Ruling:
    """Needs `thread__forum` and `answer` fetched along, or fetches them."""
    stands = _stands(viewer, post) and (post.answer is None or _stands(viewer, post.answer))
    if stands and _sees_thread(viewer, post.thread):
        return YES
    return YES if moderates(viewer, post.thread.forum) else UNSEEN


def shown_posts() -> Q:
    """What every reader of a thread sees: neither the post nor its answer is hidden or deleted."""
    return _post_stands(AnonymousUser())


def is_shown(post: Post) -> bool:
    return not is_off(post) and (post.answer is None or not is_off(post.answer))


def listed_threads(forum: Forum) -> QuerySet[Thread]:
    """What every reader of the forum sees of it."""
    return forum.threads.filter(is_hidden=False, is_deleted=False, audience__in=LISTED[forum.audience])


def is_listed(thread: Thread) -> bool:
    return not (thread.is_hidden or thread.is_deleted) and thread.audience in LISTED[thread.forum.audience]


def _moderates_there(viewer: Viewer, forum: str) -> Q:
    """Params: forum, the path to its id."""
    return Q(Exists(moderating_rows(viewer).filter(forum_id=OuterRef(forum))))


def _thread_is_seen(viewer: Viewer, thread: str) -> Q:
    """By one who does not moderate. Params: thread, the path to it from the model that is asked.

    The forum is asked beside the thread, not joined: joined, SQLite begins at the forums and sorts all their threads.
    """
    forum = f"{thread}forum_id"
    in_forum = Q(Exists(seeable_forums(viewer).filter(pk=OuterRef(forum))))
    stands = Q(**{f"{thread}is_hidden": False, f"{thread}is_deleted": False})
    if not is_member(viewer):
        return in_forum & stands & Q(**{f"{thread}audience__in": ["", Audience.GUESTS]})
    in_circle = Q(Exists(Forum.objects.filter(pk=OuterRef(forum), circle__in=viewer.circles.values("pk"))))
    to_her = (
        Q(**{f"{thread}audience__in": ["", Audience.GUESTS, Audience.MEMBERS]})
        | (Q(**{f"{thread}audience": Audience.GROUP}) & in_circle)
        | (Q(**{f"{thread}audience": Audience.PARTIES}) & Q(takes_part_in(viewer, f"{thread}pk")))
    )
    return in_forum & to_her & (stands | Q(**{f"{thread}author_id": viewer.pk}))


def takes_part_in(viewer: Member, thread: str) -> Exists:
    """Her city does, in the exchange that is talked about there. Params: thread, the path to the thread's id."""
    here = Party.objects.filter(exchange__thread=OuterRef(thread), role__in=TAKING_PART)
    return Exists(here.filter(city_id=viewer.speaks_for_id) if viewer.speaks_for_id else here.none())


def cities_taking_part(thread: Thread) -> set[int]:
    """Ids of the cities; none where nothing is exchanged in this thread."""
    if thread.taking_part is not None:
        return set(thread.taking_part)
    here = Party.objects.filter(exchange__thread=thread.pk, role__in=TAKING_PART)
    return set(here.values_list("city_id", flat=True))


def _post_stands(viewer: Viewer) -> Q:
    """Neither the post nor its answer is hidden or deleted, or the one that is belongs to the viewer."""
    own, answer = Q(hidden_at=None, deleted_at=None), Q(answer__hidden_at=None, answer__deleted_at=None)
    if is_member(viewer):
        own, answer = own | Q(author_id=viewer.pk), answer | Q(answer__author_id=viewer.pk)
    return own & (Q(answer=None) | answer)


def _is_in_audience(viewer: Viewer, forum: Forum, audience: str) -> bool:
    """Of a forum; who is in the audience of parties is for the thread to say."""
    if audience == Audience.GUESTS:
        return True
    if not is_member(viewer) or audience == Audience.PARTIES:
        return False
    return audience == Audience.MEMBERS or (
        forum.circle_id is not None and viewer.circles.filter(pk=forum.circle_id).exists()
    )


def _sees_thread(viewer: Viewer, thread: Thread) -> bool:
    if (thread.is_hidden or thread.is_deleted) and not is_own(viewer, thread):
        return False
    audiences = {thread.forum.audience, thread.audience} - {"", Audience.PARTIES}
    if thread.audience == Audience.PARTIES and not _is_party(viewer, thread):
        return False
    return all(_is_in_audience(viewer, thread.forum, audience) for audience in audiences)


def _is_party(viewer: Viewer, thread: Thread) -> bool:
    return is_member(viewer) and viewer.speaks_for_id is not None and viewer.speaks_for_id in cities_taking_part(thread)


def is_off(post: Post) -> bool:
    return post.hidden_at is not None or post.deleted_at is not None


def _stands(viewer: Viewer, post: Post) -> bool:
    return not is_off(post) or is_own(viewer, post)


def is_own(viewer: Viewer, thing: Thread | Post) -> bool:
    return is_member(viewer) and thing.author_id == viewer.pk
