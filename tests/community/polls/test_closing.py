"""A poll is closed when its time comes."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from community.facts.models import Fact, Stream
from community.members.rulings import NotAllowed
from community.polls.actions import PollPlan, cast, change_poll
from community.polls.models import Poll
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_thread
from tests.factories.members import make_member
from tests.factories.polls import make_poll, options_of

pytestmark = pytest.mark.django_db


def head_of(stream: str) -> int:
    return Stream.objects.get(name=stream).head


def test_it_is_closed_at_its_time_and_its_stream_is_told() -> None:
    now = timezone.now()
    thread = make_thread()
    poll = make_poll(thread, closes_at=now + timedelta(hours=2))
    deliver_all()
    before = head_of(poll.stream)

    with time_machine.travel(now + timedelta(hours=1), tick=False):
        deliver_all()
        early = Poll.objects.get().closed_at
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        deliver_all()

    assert (early, head_of(poll.stream)) == (None, before + 1)
    assert Poll.objects.get().closed_at is not None
    assert Fact.objects.filter(name="poll_closed").count() == 1


def test_a_time_that_was_moved_closes_nothing_early() -> None:
    now = timezone.now()
    thread = make_thread()
    poll = make_poll(thread, closes_at=now + timedelta(hours=1))
    deliver_all()
    assert thread.author is not None
    change_poll(poll, PollPlan("Which?", ("A", "B"), closes_at=now + timedelta(hours=5)), by=thread.author)

    with time_machine.travel(now + timedelta(hours=2), tick=False):
        deliver_all()
        early = Poll.objects.get().closed_at
    with time_machine.travel(now + timedelta(hours=6), tick=False):
        deliver_all()

    assert early is None
    assert Poll.objects.get().closed_at is not None


def test_a_vote_after_the_time_is_refused_though_nothing_has_closed_it_yet() -> None:
    now = timezone.now()
    poll = make_poll(make_thread(), closes_at=now + timedelta(hours=1))

    with time_machine.travel(now + timedelta(hours=2), tick=False), pytest.raises(NotAllowed, match="closed"):
        cast(poll, by=make_member("Cai"), option_ids=[options_of(poll)[0].pk])
