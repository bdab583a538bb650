from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from community.facts.actions import action, record
from community.following.actions import follow_by_writing
from community.members.models import Member
from community.members.rulings import insist
from community.text.slugs import slug_of
from community.topics.actions import tags_called
from community.topics.models import Theme
from forums.actions.editing import rewrite
from forums.actions.exchanges.rows import change_exchange, expect_answer, held_exchange, put_city, tell
from forums.actions.filing import give_files
from forums.actions.reading import advance_mark
from forums.actions.rows import held_post, streams_of
from forums.actions.writing import post_of_token, token_in, watch_newcomer, write_post
from forums.choices import Audience, PartyRole, PostKind
from forums.facts import ExchangeAsked, RequestChanged, ThreadOpened
from forums.models import Exchange, Forum, Post, Thread
from forums.models.exchange import joined
from forums.rules import can_post_now, can_post_text
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
    files: Sequence[int] = (),
    alts: Mapping[int, str] | None = None,
) -> Exchange:
    """A request in the name of the asker's city, with a conversation that only this city sees so far.

    The same token again returns the request that it made first. Params: sought and offered, Markdown; language, of
    these texts; files, ids of the asker's own, which the cities taking part see. Raises: NotAllowed; TextTooHeavy.
    Records: ExchangeAsked, ThreadOpened.
    """
    token = token_in(f"ask:{forum.pk}", token)
    if posted := post_of_token(by, token):
        return Exchange.objects.get(thread=posted.thread_id)
    insist(can_ask(by, forum))
    insist(can_post_text(by, sought, offered))
    insist(can_post_now(by, opens=True))
    try:
        with transaction.atomic():
            thread, opening = _open_conversation(forum, by, title, sought, language, token)
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
    give_files(opening, owner=by, files=files, alts=alts or {})
    exchange.tags.set(tags_called(tags))
    put_city(exchange, exchange.city_id, PartyRole.ASKING)
    follow_by_writing(by, kind="thread", target_id=thread.pk)
    expect_answer(exchange)
    tell(exchange, ExchangeAsked(exchange.pk), by=by, shows=True)
    record(ThreadOpened(thread.pk, forum.pk), streams=streams_of(thread), actor_id=by.pk)
    return exchange


def _open_conversation(
    forum: Forum, by: Member, title: str, body: str, language: str, token: str
) -> tuple[Thread, Post]:
    """It counts in no list of its forum: not all readers of the forum see it."""
    thread = Thread.objects.create(
        forum=forum, author=by, title=title, slug=slug_of(title), language=language, audience=Audience.PARTIES
    )
    post = write_post(thread, author=by, kind=PostKind.OPENING, body=body, language=language, token=token)
    Thread.objects.filter(pk=thread.pk).update(last_post_id=post.pk, last_post_at=post.written_at)
    advance_mark(thread.pk, by.pk, post.pk)
    watch_newcomer(post, body, by)
    return thread, post


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
    reason: str = "",
    files: Sequence[int] | None = None,
    alts: Mapping[int, str] | None = None,
) -> Exchange:
    """Other words on the card, and at the head of the conversation, where the ones before are kept.

    Params: reason and files, as of an edit; the cities taking part read them. Raises: NotAllowed.
    Records: RequestChanged; PostEdited and ThreadRetitled as an edit does.
    """
    exchange = held_exchange(exchange.pk)
    insist(can_change_request(by, exchange))
    insist(can_post_text(by, sought, offered))
    opening = held_post(Post.objects.get(thread=exchange.thread_id, kind=PostKind.OPENING))
    rewrite(
        opening,
        by=by,
        body=sought,
        reason=reason,
        title=title,
        tags=None,
        language=language,
        files=files,
        alts=alts,
    )
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
