"""What is left of a member in the forums when she leaves. Her posts stay; these see to the rest, inside one action."""

import json
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import pgettext

from community.facts.actions import action, record
from community.personal.ports import Person
from community.text.forgetting import speaks_of, without_person
from community.text.markdown import RENDERER_VERSION, render
from forums.actions.rows import change_post, change_thread
from forums.actions.writing import rendered
from forums.choices import PostKind
from forums.facts import AuthorForgotten
from forums.models import Draft, Post, Revision, Thread, TitleWord, Vote
from forums.rules import shown_posts
from i18n.languages import known

OPEN_FOR = timedelta(days=30)  # as long as streams are kept: an older open page is read afresh anyhow
EMPTIED = "…"


@action
def tell_open_pages(person: Person) -> None:
    """Threads that she wrote in, or that named her, are shown afresh where they are open. Records AuthorForgotten."""
    wrote = (
        Q(author_id=person.id) | Q(posts__author_id=person.id) | Q(posts__body_markdown__icontains=f"@{person.handle}")
    )
    recent = Thread.objects.filter(wrote, last_post_at__gt=timezone.now() - OPEN_FOR)
    for thread_id, forum_id in recent.order_by("pk").values_list("pk", "forum_id").distinct():
        record(AuthorForgotten(thread_id, forum_id), streams=[f"thread:{thread_id}", f"forum:{forum_id}"])


@action
def forget_words(person: Person) -> None:
    """Of her posts, what she had deleted; of others' posts, her name where the house put it."""
    _empty_deleted(person)
    _forget_name(person)


def _empty_deleted(person: Person) -> None:
    """Posts that she had deleted herself lose their text, and a thread that she deleted its title."""
    html = render(EMPTIED)
    Post.objects.filter(author_id=person.id, deleted_at__isnull=False).update(
        body_markdown=EMPTIED, body_html=html, renderer_version=RENDERER_VERSION
    )
    gone = Thread.objects.filter(author_id=person.id, is_deleted=True)
    TitleWord.objects.filter(thread__in=gone).delete()
    gone.update(title=EMPTIED, slug="-")


def _forget_name(person: Person) -> None:
    """Mentions of her, and quotes under her name, say "a former member": in posts, earlier wordings and drafts."""
    for post in _naming(Post.objects.all(), person, "body_markdown"):
        if speaks_of(post.body_markdown, handle=person.handle, name=person.name):
            change_post(post, **rendered(_without(post.body_markdown, person, post.language)))
    for revision in _naming(Revision.objects.select_related("post"), person, "body_markdown"):
        text = _without(revision.body_markdown, person, revision.post.language)
        Revision.objects.filter(pk=revision.pk).update(body_markdown=text)
    for draft in _naming(Draft.objects.exclude(member_id=person.id), person, "fields"):
        fields = {name: _without_in(value, person) for name, value in draft.fields.items()}
        Draft.objects.filter(pk=draft.pk).update(fields=fields)


def _naming(rows: "QuerySet[Any]", person: Person, column: str) -> "QuerySet[Any]":
    """Where a look is worth it. A name stands in JSON as JSON writes it."""
    quoted = json.dumps(person.name)[1:-1] if column == "fields" else person.name
    words = (f"@{person.handle}", f"/members/{person.handle}", f"**{quoted}**")
    named = Q()
    for word in words:
        named |= Q(**{f"{column}__icontains": word})
    return rows.filter(named).order_by("pk")


def _without_in(value: Any, person: Person) -> Any:
    return _without(value, person, person.language) if isinstance(value, str) else value


def _without(text: str, person: Person, language: str) -> str:
    with translation.override(known(language)):
        instead = pgettext(
            "instead of the name of somebody whose account is gone, within a sentence", "a former member"
        )
    return without_person(text, handle=person.handle, name=person.name, instead=instead)


@action
def forget_revisions(person: Person) -> None:
    """Earlier wordings of her own posts go; where she edited another's, who and why is emptied."""
    Revision.objects.filter(post__author_id=person.id).delete()
    Revision.objects.filter(replaced_by_id=person.id).update(replaced_by=None, reason="")


@action
def take_back_votes(person: Person) -> None:
    """As if she had taken back each of them: counters say what counting the rows would give."""
    votes = Vote.objects.filter(member_id=person.id)
    thread_ids = set(votes.values_list("post__thread_id", flat=True))
    post_ids = list(votes.values_list("post_id", flat=True))
    votes.delete()
    Post.objects.filter(pk__in=post_ids).update(helpful_count=F("helpful_count") - 1, version=F("version") + 1)
    counted = Post.objects.filter(shown_posts() | Q(kind=PostKind.OPENING), thread__in=thread_ids)
    sums = dict(counted.values_list("thread").annotate(Sum("helpful_count")).order_by())
    for thread in Thread.objects.filter(pk__in=thread_ids).order_by("pk"):
        change_thread(thread, helpful_count=sums[thread.pk])
