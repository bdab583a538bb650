"""The counts beside every member's menu: asked at every page, composed once for each kind of member."""

from collections.abc import Callable
from typing import Any

import pytest

from community.members.choices import SecondFactorFor
from community.members.models import Member
from community.moderation.queries.items import review_count
from community.moderation.rules import moderates_anything
from community.notifications.queries import unread_count
from community.pages.context import WAITING, Waiting, waiting_for
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_administrator, make_member, make_moderator
from tests.factories.moderation import make_report

pytestmark = pytest.mark.django_db


def kept_by_forums() -> Member:
    member = make_member("Fay")
    make_forum("drains").moderators.add(member)
    return member


KINDS: dict[str, Callable[[], Member]] = {
    "a member": make_member,
    "an organiser": lambda: make_member("Bo", is_organiser=True),
    "a moderator": make_moderator,
    "an administrator": make_administrator,
    "a forum's moderator": kept_by_forums,
    "a moderator with a second factor": lambda: make_moderator(has_second_factor=True),
}


@pytest.mark.parametrize("asked_for", SecondFactorFor.values)
@pytest.mark.parametrize("kind", KINDS)
def test_they_are_what_each_room_counts(kind: str, asked_for: str, settings: Any) -> None:
    settings.SECOND_FACTOR_FOR = asked_for
    make_member("First")  # so that no id is a number that stands in the question anyway
    one, another = KINDS[kind](), make_member("Another")
    for forum in (make_forum("floods"), *one.moderated_forums.all()):
        thread = make_thread(forum=forum, author=one)
        make_post(thread, author=another, body="Ours did.")
        make_report(make_post(thread, author=another, body="Buy now."))
    deliver_all()

    for member in (one, another):
        reviews = review_count(member) if moderates_anything(member) else None
        assert waiting_for(member) == Waiting(unread_count(member), reviews)


def test_asked_again_it_is_one_query_and_composes_nothing(django_assert_num_queries: Any) -> None:
    ana, bo = make_member("Ana"), make_member("Bo")
    waiting_for(ana)
    kept = dict(WAITING.kept)

    with django_assert_num_queries(1):
        assert waiting_for(bo) == Waiting(0, None)

    assert WAITING.kept == kept
