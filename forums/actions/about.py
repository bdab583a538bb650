"""Threads about things of rooms above, whose actions call these once they have asked their own rules.

A thread keeps its own title and audience: whatever changes the thing brings them into line, in the same transaction.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from community.facts.actions import action, record
from community.members.models import Member
from forums.actions.counting import step_forum
from forums.actions.editing import rewrite
from forums.actions.opening import begin_thread, show_thread
from forums.actions.rows import change_thread, held_post, held_thread, streams_of
from forums.actions.writing import token_in
from forums.choices import PostKind
from forums.facts import ThreadAudienceChanged
from forums.models import Forum, Post, Thread
from forums.rules import is_listed


def threads_about(thing: Model) -> QuerySet[Thread]:
    """The one that there is, or none, whoever may see it."""
    return Thread.objects.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)


@action
def open_thread_about(
    thing: Model, *, forum: Forum, by: Member, title: str, body: str, language: str, audience: str = ""
) -> Thread:
    """A thing has one at most: the one that is there is returned.

    Params: by, in whose name; audience, where narrower than the forum's. Raises: TextTooHeavy. Records: ThreadOpened.
    """
    if known := threads_about(thing).first():
        return known
    token = token_in(f"about:{thing._meta.label_lower}", str(thing.pk))
    try:
        with transaction.atomic():
            thread, post = begin_thread(
                forum, by, title=title, body=body, language=language, token=token, about=thing, audience=audience
            )
    except IntegrityError:  # another was faster
        return threads_about(thing).get()
    show_thread(thread, post, by)
    return thread


@action
def keep_thread_about(thing: Model, *, by: Member, title: str, audience: str) -> None:
    """Bring its thread into line with what the thing is now; nothing where it has none.

    Records: ThreadRetitled and PostEdited, ThreadAudienceChanged, each where something changed.
    """
    if (found := threads_about(thing).first()) is None:
        return
    thread = held_thread(found.pk)
    if title != thread.title:
        opening = held_post(Post.objects.get(thread=thread, kind=PostKind.OPENING))
        body, language = opening.body_markdown, opening.language
        rewrite(opening, by=by, body=body, reason="", title=title, tags=None, language=language, files=None, alts=None)
    if audience != thread.audience:
        _show_to(thread, audience, by)


def _show_to(thread: Thread, audience: str, by: Member) -> None:
    was_listed, streams = is_listed(thread), streams_of(thread)
    change_thread(thread, audience=audience)
    step_forum(thread.forum_id, is_listed(thread) - was_listed)
    fact = ThreadAudienceChanged(thread.pk, thread.forum_id)
    record(fact, streams=list(dict.fromkeys([*streams, *streams_of(thread), "access"])), actor_id=by.pk)
