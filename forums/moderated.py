"""How posts are looked at by moderators, and what the forums know of a member's reading and helping."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from community.members.models import Member
from community.members.rules import TASKS_OF_STAFF
from community.moderation.ports import (
    Activity,
    Deed,
    Moderated,
    ScopeKind,
    keeps_scopes,
    moderates_things,
    tells_activity,
)
from community.text.excerpts import excerpt
from forums.actions import hide_post, hide_revision, lock_thread, restore_post, restore_revision
from forums.models import Forum, Post, ReadMark, Revision, Vote
from forums.rules import seeable_forums, seeable_posts, seeable_revisions
from forums.rules.seeing import moderating_rows
from forums.scopes import FORUM, scope_of
from i18n.languages import DEFAULT
from i18n.texts import said

EXCERPT = 280  # characters


def moderators_of(forum_id: int) -> Iterable[int]:
    moderators = Member.objects.filter(moderated_forums=forum_id, is_active=True)
    return moderators.values_list("pk", flat=True)


def forums_moderated_by(member: Member) -> QuerySet[Forum]:
    return Forum.objects.filter(pk__in=moderating_rows(member).values("forum_id"))


def moderates_a_forum(member: Member) -> bool:
    """As a fact, also where it sleeps."""
    return Forum.objects.filter(moderators=member.pk).exists()


def lock_its_thread(post: Post, **told: Any) -> Any:
    return lock_thread(post.thread, **told)


TASKS_OF_STAFF.append(moderates_a_forum)
keeps_scopes(
    ScopeKind(
        name=FORUM,
        moderated_by=forums_moderated_by,
        moderators_of=moderators_of,
        visible_to=seeable_forums,
        name_of=lambda forum: said(forum, "title", get_language() or DEFAULT).text,
    )
)
moderates_things(
    Moderated(
        name="post",
        model=Post,
        words=pgettext_lazy("kind of thing in the review queue", "Post"),
        visible_to=lambda viewer: seeable_posts(viewer).select_related("thread__forum", "author", "answer"),
        author=lambda post: post.author,
        scope=lambda post: scope_of(post.thread),
        language=lambda post: post.language,
        excerpt=lambda post: excerpt(post.body_markdown, EXCERPT),
        address=lambda post: reverse("forums:post", args=[post.pk]),
        deeds=(
            Deed(
                "hide", pgettext_lazy("moderator's deed", "Hide this post"), hide_post, lambda post: not post.hidden_at
            ),
            Deed(
                "restore",
                pgettext_lazy("moderator's deed", "Show this post again"),
                restore_post,
                lambda post: bool(post.hidden_at),
            ),
            Deed(
                "lock",
                pgettext_lazy("moderator's deed", "Lock this thread"),
                lock_its_thread,
                lambda post: not post.thread.is_locked,
            ),
        ),
    )
)
moderates_things(
    Moderated(
        name="revision",
        model=Revision,
        words=pgettext_lazy("kind of thing in the review queue", "Earlier version of a post"),
        visible_to=lambda viewer: seeable_revisions(viewer).select_related("post__thread__forum", "post__author"),
        author=lambda revision: revision.post.author,
        scope=lambda revision: scope_of(revision.post.thread),
        language=lambda revision: revision.post.language,
        excerpt=lambda revision: excerpt(revision.body_markdown, EXCERPT),
        address=lambda revision: f"{reverse('forums:history', args=[revision.post_id])}#version-{revision.pk}",
        deeds=(
            Deed(
                "hide-version",
                pgettext_lazy("moderator's deed", "Hide this version"),
                hide_revision,
                lambda revision: not revision.hidden_at,
            ),
            Deed(
                "restore-version",
                pgettext_lazy("moderator's deed", "Show this version again"),
                restore_revision,
                lambda revision: bool(revision.hidden_at),
            ),
        ),
    )
)


@tells_activity
def activity_of(member_id: int) -> Activity:
    """What she called read without opening it is not counted."""
    marks = ReadMark.objects.filter(member=member_id)
    read = Post.objects.filter(thread__read_marks__member=member_id, pk__lte=F("thread__read_marks__last_post_id"))
    return Activity(
        threads_read=marks.count(),
        posts_read=read.exclude(author=member_id).count(),
        helpful=Vote.objects.filter(post__author=member_id).count(),
    )
