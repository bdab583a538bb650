from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.text.slugs import slug_of
from community.topics.actions import tags_called
from community.topics.models import Theme
from forums.actions.drafts import drop_draft
from forums.actions.exchanges.rows import change_exchange, expect_answer, held_exchange, put_city, tell
from forums.actions.reading import advance_mark
from forums.actions.rows import change_post, change_thread, streams_of
from forums.actions.writing import post_of_token, rendered, write_post
from forums.choices import Audience, PartyRole, PostKind
from forums.facts import ExchangeAsked, PostEdited, RequestChanged, ThreadOpened
from forums.models import Exchange, Forum, Post, Revision, Thread
from forums.models.exchange import joined
from forums.rules.exchanging import can_ask, can_change_request


@action
def ask_for_exchange(
    forum: Forum,
    *,
    by: Member,
    title: str,
    theme: Theme,
    sought: str,
    offered: str,
    languages: list[str],
    needed_by: date,
    tags: Iterable[str],
    is_open_to_guests: bool,
    language: str,
    token: str,
) -> Exchange:
    """A request in the name of the asker's city, with a conversation that only this city sees so far.

    The same token again returns the request that it made first. Params: sought and offered, Markdown; language, of
    these texts. Raises: NotAllowed; TextTooHeavy. Records: ExchangeAsked, ThreadOpened.
    """
    if posted := post_of_token(by, token):
        return Exchange.objects.get(thread=posted.thread_id)
    insist(can_ask(by, forum))
    try:
        with transaction.atomic():
            thread = _open_conversation(forum, by, title, sought, language, token)
    except IntegrityError:  # the same submission, sent twice at once: the other one has committed
        if posted := post_of_token(by, token):
            return Exchange.objects.get(thread=posted.thread_id)
        raise
    exchange = Exchange.objects.create(
        forum=forum,
        thread=thread,
        city_id=by.speaks_for_id or 0,  # the rule wants one
        asker=by,
        theme=theme,
        title=title,
        slug=thread.slug,
        sought=sought,
        offered=offered,
        language=language,
        languages=joined(languages),
        needed_by=needed_by,
        is_open_to_guests=is_open_to_guests,
    )
    exchange.tags.set(tags_called(tags))
    put_city(exchange, exchange.city_id, PartyRole.ASKING)
    drop_draft(by, f"forum:{forum.pk}")
    expect_answer(exchange)
    tell(exchange, ExchangeAsked(exchange.pk), by=by, shows=True)
    record(ThreadOpened(thread.pk, forum.pk), streams=streams_of(thread), actor_id=by.pk)
    return exchange


def _open_conversation(forum: Forum, by: Member, title: str, body: str, language: str, token: str) -> Thread:
    """It counts in no list of its forum: not all readers of the forum see it."""
    thread = Thread.objects.create(
        forum=forum, author=by, title=title, slug=slug_of(title), language=language, audience=Audience.PARTIES
    )
    post = write_post(thread, author=by, kind=PostKind.OPENING, body=body, language=language, token=token)
    Thread.objects.filter(pk=thread.pk).update(last_post_id=post.pk, last_post_at=post.written_at)
    advance_mark(thread.pk, by.pk, post.pk)
    return thread


@action
def change_request(
    exchange: Exchange,
    *,
    by: Member,
    title: str,
    theme: Theme,
    sought: str,
    offered: str,
    languages: list[str],
    needed_by: date,
    tags: Iterable[str],
    is_open_to_guests: bool,
    language: str,
) -> Exchange:
    """Other words on the card, and at the head of the conversation. Raises: NotAllowed. Records: RequestChanged."""
    exchange = held_exchange(exchange.pk)
    insist(can_change_request(by, exchange))
    _say_again(exchange, by, title, sought, language)
    change_exchange(
        exchange,
        title=title,
        slug=slug_of(title),
        theme=theme,
        sought=sought,
        offered=offered,
        language=language,
        languages=joined(languages),
        needed_by=needed_by,
        is_open_to_guests=is_open_to_guests,
    )
    exchange.tags.set(tags_called(tags))
    # Guests may see the card now, or no more.
    tell(exchange, RequestChanged(exchange.pk), by=by, shows=True, opens=True)
    return exchange


def _say_again(exchange: Exchange, by: Member, title: str, sought: str, language: str) -> None:
    """The conversation begins with what is sought."""
    thread = exchange.thread
    if (title, language) != (thread.title, thread.language):
        change_thread(thread, title=title, slug=slug_of(title), language=language)
    opening = Post.objects.select_for_update(no_key=True).get(thread=thread, kind=PostKind.OPENING)
    if opening.body_markdown != sought:
        Revision.objects.create(post=opening, body_markdown=opening.body_markdown, replaced_by=by)
        change_post(opening, language=language, **rendered(sought))
        record(PostEdited(thread.pk, opening.pk), streams=streams_of(thread), actor_id=by.pk)
