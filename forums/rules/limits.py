"""What new members may write, and how often. The forms ask first, so that it is said beside the field."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import npgettext

from community.members.models import Member
from community.members.rulings import YES, Ruling, no
from community.moderation.choices import WATCHED_LINKS
from community.moderation.rules import allowance
from community.text.links import links_in
from community.text.mentions import handles_in
from forums.models import Offer, Post, Thread

AN_HOUR = timedelta(hours=1)


def can_post_text(author: Member, *texts: str) -> Ruling:
    """Links and mentions. No query. Params: texts, which count together."""
    most, body = allowance(author), "\n\n".join(texts)
    if most.links is not None and len(links_in(body)) > most.links:
        words = npgettext(
            "limit for new members",
            "While you are new here, a post may hold %(most)s link. Take the others out, and tell in words what they "
            "lead to.",
            "While you are new here, a post may hold %(most)s links. Take the others out, and tell in words what they "
            "lead to.",
            most.links,
        )
        return no(words % {"most": most.links})
    if most.mentions is not None and len(handles_in(body)) > most.mentions:
        words = npgettext(
            "limit for new members",
            "While you are new here, a post may call %(most)s member with @. Take out the @ of the others.",
            "While you are new here, a post may call %(most)s members with @. Take out the @ of the others.",
            most.mentions,
        )
        return no(words % {"most": most.mentions})
    return YES


def can_post_now(author: Member, *, opens: bool) -> Ruling:
    """How much she has written within an hour. Params: opens, whether this would be a new thread, request or offer.

    No query for those who are not limited.
    """
    most, since = allowance(author), timezone.now() - AN_HOUR
    if opens and most.threads_an_hour is not None:
        opened = Thread.objects.filter(author=author, opened_at__gte=since).count()
        opened += Offer.objects.filter(author=author, made_at__gte=since).count()
        if opened >= most.threads_an_hour:
            words = npgettext(
                "limit for new members",
                "While you are new here, you may open %(most)s thread an hour. Send it a little later: nothing you "
                "wrote is lost.",
                "While you are new here, you may open %(most)s threads an hour. Send it a little later: nothing you "
                "wrote is lost.",
                most.threads_an_hour,
            )
            return no(words % {"most": most.threads_an_hour})
    if most.posts_an_hour is not None:
        written = Post.objects.filter(author=author, written_at__gte=since).count()
        if written >= most.posts_an_hour:
            words = npgettext(
                "limit for new members",
                "While you are new here, you may write %(most)s post an hour. Send it a little later: nothing you "
                "wrote is lost.",
                "While you are new here, you may write %(most)s posts an hour. Send it a little later: nothing you "
                "wrote is lost.",
                most.posts_an_hour,
            )
            return no(words % {"most": most.posts_an_hour})
    return YES


def files_a_post(author: Member, *, had: int = 0) -> int | None:
    """None: as many as the site lets a post have. Params: had, how many it has, which it may keep."""
    most = allowance(author).attachments
    return None if most is None else max(most, had)


def can_attach(author: Member, count: int, *, had: int = 0) -> Ruling:
    most = files_a_post(author, had=had)
    if most is None or count <= most:
        return YES
    words = npgettext(
        "limit for new members",
        "While you are new here, a post may hold %(most)s file.",
        "While you are new here, a post may hold %(most)s files.",
        most,
    )
    return no(words % {"most": most})


def is_to_be_watched(thing: Post | Offer, text: str, author: Member) -> bool:
    """The first that a newcomer writes, where it has several links. It stands meanwhile.

    Params: text, of the thing, as Markdown.
    """
    if allowance(author).links is None or len(links_in(text)) <= WATCHED_LINKS:
        return False
    others: list[QuerySet[Any]] = [kind.objects.filter(author=author) for kind in (Post, Offer)]
    return not any(rows.exclude(pk=thing.pk if rows.model is type(thing) else None).exists() for rows in others)
