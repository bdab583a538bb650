"""Whatever is reported, claimed, decided and asked about in whichever order, the promises hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.members.models import Member
from community.members.rulings import NotAllowed
from community.moderation.actions import Outdated, appeal, claim, withdraw_report
from community.moderation.choices import State
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.ports import PORTS, SITE
from community.moderation.rules import appealable, reviewable_items
from forums import actions
from forums.models import Post
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_member, make_moderator
from tests.factories.moderation import decided, make_report

Deed = Callable[[Post, Member], object]


def item_of(post: Post) -> ReviewItem:
    item = ReviewItem.objects.filter(kind="post", target_id=post.pk).order_by("-pk").first()
    if item is None:
        raise Http404
    return item


def stale(post: Post, by: Member) -> None:
    """On what was seen before another changed it."""
    item = item_of(post)
    with pytest.raises((Outdated, NotAllowed, Http404, KeyError)):
        decided(item, "hide", by=by, version=item.version - 1)


def ask_again(post: Post, by: Member) -> None:
    decision = appealable(by).filter(target_id=post.pk).first()
    if decision:
        appeal(decision, post, kind=PORTS.moderated["post"], by=by, message="Please look again.")


def take_back(post: Post, by: Member) -> None:
    report = Report.objects.select_related("item").filter(reporter=by, target_id=post.pk).first()
    if report:
        withdraw_report(report, by=by)


def from_the_queue(name: str) -> Deed:
    return lambda post, by: decided(item_of(post), name, by=by)


DEEDS: dict[str, Deed] = {
    "report": lambda post, by: make_report(post, by),
    "take back": take_back,
    "claim": lambda post, by: claim(item_of(post), by=by),
    "stale": stale,
    "ask again": ask_again,
    "hide directly": lambda post, by: actions.hide_post(post, by=by, reason="Sells."),
    "restore directly": lambda post, by: actions.restore_post(post, by=by, reason="Asks."),
    "move": lambda post, by: actions.move_thread(post.thread, by=by, to=make_forum(), reason="Elsewhere."),
    **{
        name: from_the_queue(name)
        for name in ("dismiss", "hide", "restore", "lock", "warn", "unwarn", "silence", "unsilence")
    },
}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        transaction.get_connection().atomic_blocks[-1]._from_testcase = True  # actions are durable but in tests
        try:
            yield
        finally:
            transaction.set_rollback(True)


def assert_promises_hold(members: list[Member]) -> None:
    items = list(ReviewItem.objects.all())
    open_keys = [(item.kind, item.target_id) for item in items if item.is_open]
    assert len(open_keys) == len(set(open_keys))
    for item in items:
        answers = list(item.decisions.all())
        assert (item.state == State.DECIDED) == bool(answers), item
        assert len(answers) <= 1, "decided twice"
        assert all(decision.by_id != item.author_id for decision in answers), "decided on her own"
        assert item.state == State.OPEN or item.claimed_by_id is None
        assert item.is_open == (item.closed_at is None)
        place = PORTS.moderated["post"].scope(Post.objects.get(pk=item.target_id))
        asks_about_pause = item.appeals.filter(decision__deed="silence").exists()
        assert item.scope == (SITE if asks_about_pause else place) or not item.is_open
    assert Report.objects.count() == Report.objects.values("kind", "target_id", "reporter").distinct().count()
    for member in members:
        assert not reviewable_items(member).filter(author=member).exists()
    for post in Post.objects.all():
        last = Decision.objects.filter(target_id=post.pk, deed__in=["hide", "restore"]).order_by("pk").last()
        assert (post.hidden_at is not None) == (last is not None and last.deed == "hide")
        assert bool(post.hidden_reason) == (post.hidden_at is not None)


@pytest.mark.django_db
@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 1), st.integers(0, 4)), min_size=4, max_size=18)
)
def test_the_promises_hold_after_any_deeds(deeds: list[tuple[str, int, int]]) -> None:
    with undone():
        fay, cai = make_member("Fay"), make_member("Cai")
        members = [make_moderator(), make_moderator("Mo"), fay, cai, make_member("Rui")]
        thread = make_thread(make_forum(moderators=[fay]), author=members[0])
        posts = [make_post(thread, cai), make_post(thread, members[0])]

        for name, post_number, member_number in deeds:
            post = Post.objects.select_related("thread__forum", "answer", "author").get(pk=posts[post_number].pk)
            by = Member.objects.get(pk=members[member_number].pk)
            decided_before = list(Decision.objects.order_by("pk").values())
            try:
                DEEDS[name](post, by)
            except (NotAllowed, Http404, KeyError, Outdated):
                assert list(Decision.objects.order_by("pk").values()) == decided_before
            else:
                now = list(Decision.objects.order_by("pk").values())
                assert now[: len(decided_before)] == decided_before, "a decision was changed"
            assert_promises_hold(members)
