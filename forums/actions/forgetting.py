"""What is left of a member in the forums when she leaves. Her posts stay; these see to the rest, inside one action."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.html import linebreaks

from community.facts.actions import action, record
from community.personal.ports import Person
from community.text.forgetting import speaks_of
from community.text.markdown import RENDERER_VERSION, render
from community.text.unfit import TextTooHeavy
from forums.actions.names import naming, naming_in_json, without_name, without_name_in
from forums.actions.rows import change_post, change_thread, streams_of
from forums.actions.writing import rendered
from forums.choices import PostKind
from forums.facts import AuthorForgotten, PostVoted
from forums.models import Bookmark, Draft, Post, Revision, Summary, Thread, TitleWord, Vote
from forums.rules import shown_posts
from forums.summaries import summary_html

OPEN_FOR = timedelta(days=30)  # as long as streams are kept: an older open page is read afresh anyhow
EMPTIED = "…"


@action
def forget_words(person: Person) -> None:
    """Of her posts, what she had deleted; of what others wrote, her name where the house put it.

    All that this and what follows changes is held first, in the order of the house. Threads that she wrote in, or
    that named her, are shown afresh where they are open. Records: AuthorForgotten.
    """
    _hold(person)
    _tell_open_pages(person)
    _empty_deleted(person)
    _forget_name_in_posts(person)
    _forget_name_beside_posts(person)
    _forget_name_in_own_papers(person)


def _hold(person: Person) -> None:
    voted = Vote.objects.filter(member_id=person.id)
    threads = Thread.objects.filter(_shows(person) | Q(pk__in=voted.values("post__thread")))
    posts = Post.objects.filter(_shows_in_post(person) | Q(pk__in=voted.values("post")))
    for rows in (threads, posts):
        list(_held(rows).values_list("pk"))


def _held(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Read once nobody else writes to them: what was written a moment ago is not lost."""
    return rows.select_for_update(no_key=True, of=("self",)).order_by("pk")


def _shows_in_post(person: Person) -> Q:
    return Q(author_id=person.id) | naming(person, "body_markdown")


def _shows(person: Person) -> Q:
    """Threads that show something of her."""
    posts = Post.objects.filter(_shows_in_post(person))
    summaries = Summary.objects.filter(Q(by_id=person.id) | naming(person, "body_markdown"))
    return Q(author_id=person.id) | Q(pk__in=posts.values("thread")) | Q(pk__in=summaries.values("thread"))


def _tell_open_pages(person: Person) -> None:
    for thread in Thread.objects.filter(_shows(person), last_post_at__gt=timezone.now() - OPEN_FOR).order_by("pk"):
        record(AuthorForgotten(thread.pk, thread.forum_id), streams=streams_of(thread))


def _empty_deleted(person: Person) -> None:
    """Posts that she had deleted herself lose their text, and a thread that she deleted its title."""
    html = render(EMPTIED)
    Post.objects.filter(author_id=person.id, deleted_at__isnull=False).update(
        body_markdown=EMPTIED, body_html=html, renderer_version=RENDERER_VERSION
    )
    gone = Thread.objects.filter(author_id=person.id, is_deleted=True)
    TitleWord.objects.filter(thread__in=gone).delete()
    gone.update(title=EMPTIED, slug="-")


def _forget_name_in_posts(person: Person) -> None:
    for post in _held(Post.objects.filter(naming(person, "body_markdown"))):
        if speaks_of(post.body_markdown, handles=person.handles, name=person.name):
            change_post(post, **_rendered_anew(without_name(post.body_markdown, person, post.language)))
    named = Revision.objects.filter(naming(person, "body_markdown", "title")).select_related("post")
    for revision in _held(named):
        texts = {name: getattr(revision, name) for name in ("body_markdown", "title")}
        texts = {name: without_name(text, person, revision.post.language) for name, text in texts.items()}
        Revision.objects.filter(pk=revision.pk).update(**texts)


def _rendered_anew(body: str) -> dict[str, Any]:
    """What was kept from before a cap was lowered is shown as it was typed: that must not keep anybody here."""
    try:
        return rendered(body)
    except TextTooHeavy:
        html = linebreaks(body, autoescape=True)
        return {"body_markdown": body, "body_html": html, "renderer_version": RENDERER_VERSION}


def _forget_name_beside_posts(person: Person) -> None:
    for summary in _held(Summary.objects.filter(naming(person, "body_markdown"))):
        body = without_name(summary.body_markdown, person, summary.language)
        fields = {"body_markdown": body, "body_html": summary_html(body), "renderer_version": RENDERER_VERSION}
        Summary.objects.filter(pk=summary.pk).update(**fields)
        Thread.objects.filter(pk=summary.thread_id).update(version=F("version") + 1)


def _forget_name_in_own_papers(person: Person) -> None:
    """In what others keep for themselves, in the language that each of them reads."""
    drafts = Draft.objects.exclude(member_id=person.id).filter(naming_in_json(person, "fields", "other"))
    for draft in _held(drafts.select_related("member")):
        language = draft.member.language
        fields, other = (without_name_in(value, person, language) for value in (draft.fields, draft.other))
        Draft.objects.filter(pk=draft.pk).update(fields=fields, other=other)
    notes = Bookmark.objects.exclude(member_id=person.id).filter(naming(person, "note"))
    for bookmark in _held(notes.select_related("member")):
        note = without_name(bookmark.note, person, bookmark.member.language)
        Bookmark.objects.filter(pk=bookmark.pk).update(note=note[: Bookmark._meta.get_field("note").max_length])


@action
def forget_revisions(person: Person) -> None:
    """Earlier wordings of her own posts go; where she edited another's, who and why is emptied."""
    Revision.objects.filter(post__author_id=person.id).delete()
    Revision.objects.filter(replaced_by_id=person.id).update(replaced_by=None, reason="")


@action
def take_back_votes(person: Person) -> None:
    """As if she had taken back each of them: counters say what counting the rows would give. Records: PostVoted."""
    votes = Vote.objects.filter(member_id=person.id)
    threads = list(_held(Thread.objects.filter(pk__in=votes.values("post__thread"))))
    posts = list(_held(Post.objects.filter(pk__in=votes.values("post"))))
    votes.delete()
    for post in posts:
        change_post(post, helpful_count=post.helpful_count - 1)
    counted = Post.objects.filter(
        shown_posts() | Q(kind=PostKind.OPENING), thread__in=[thread.pk for thread in threads]
    )
    sums = dict(counted.values_list("thread").annotate(Sum("helpful_count")).order_by())
    for thread in threads:
        change_thread(thread, helpful_count=sums[thread.pk])
        for post_id in (post.pk for post in posts if post.thread_id == thread.pk):
            record(PostVoted(thread.pk, post_id), streams=streams_of(thread))
