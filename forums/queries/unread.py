"""What a member has not read, over all forums: all or what she follows, in all languages or in those she reads."""

from django.db.models import QuerySet

from community.members.models import Member
from forums.models import Thread
from forums.queries.home import forums_read
from forums.queries.levels import followed, not_muted
from forums.queries.reading import unread
from forums.queries.threads import ThreadPage, page_of_threads
from forums.rules import seeable_threads


def unread_page(member: Member, *, followed_only: bool, her_languages: bool, page: int) -> ThreadPage:
    """The latest first, without what she has muted. A constant number of queries."""
    found = all_unread(member, followed_only=followed_only, her_languages=her_languages)
    return page_of_threads(member, found.order_by("-last_post_at", "-pk"), page=page, at_least=0)


def all_unread(member: Member, *, followed_only: bool, her_languages: bool) -> QuerySet[Thread]:
    """Params: her_languages, only those that her profile says she reads; all where it says none."""
    threads = unread(seeable_threads(member), member, forums_read(member))
    threads = followed(threads, member) if followed_only else not_muted(threads, member)
    return threads.filter(language__in=member.reads) if her_languages and member.reads else threads
