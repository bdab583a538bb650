"""Many at once: real threads, each with a connection of its own."""

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, connections

from community.facts import actions
from community.facts.actions import action, record
from community.facts.models import Stream, StreamEntry
from community.facts.snapshot import snapshot
from community.members.models import Organisation
from tests.community.facts.news import TeaMade, make_tea, tell

pytestmark = pytest.mark.django_db(transaction=True)
Together = Callable[..., list[BaseException]]


def numbers(stream: str) -> list[int]:
    return list(StreamEntry.objects.filter(stream=stream).order_by("pk").values_list("seq", flat=True))


def test_numbers_have_no_hole_and_no_twin_however_many_write(together: Together) -> None:
    def write(first: int) -> None:
        for pot_id in range(first, first + 15):
            make_tea(pot_id)

    raised = together(*(partial(write, 100 * writer) for writer in range(6)))

    assert raised == []
    assert sorted(numbers("kitchen")) == list(range(1, 91))
    assert Stream.objects.get().head == 90


def test_whoever_sees_a_number_sees_all_before_it(together: Together) -> None:
    missed: list[int] = []

    def write(first: int) -> None:
        for pot_id in range(first, first + 20):
            make_tea(pot_id)

    def read() -> None:
        mark, deadline = 0, time.monotonic() + 20
        while mark < 80 and time.monotonic() < deadline:
            seen = list(
                StreamEntry.objects.filter(stream="kitchen", seq__gt=mark).order_by("seq").values_list("seq", flat=True)
            )
            if seen != list(range(mark + 1, mark + 1 + len(seen))):
                missed.append(mark)
            mark = seen[-1] if seen else mark
            time.sleep(0.002)

    raised = together(read, *(partial(write, 100 * writer) for writer in range(4)))

    assert (raised, missed) == ([], [])


def test_streams_named_in_opposite_order_make_no_ring(together: Together, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "TRIES", 1)  # a second try would hide the ring

    def write(*streams: str) -> None:
        for pot_id in range(30):
            tell(pot_id, streams=streams)

    raised = together(
        partial(write, "a", "b"), partial(write, "b", "a"), partial(write, "a", "b"), partial(write, "b", "a")
    )

    assert raised == []
    assert sorted(numbers("a")) == sorted(numbers("b")) == list(range(1, 121))


def test_rows_locked_in_opposite_order_are_tried_again(together: Together) -> None:
    pair = [Organisation.objects.create(slug=slug, name="0") for slug in ("a", "b")]
    meeting = threading.Barrier(2, timeout=0.5)

    def meet() -> None:
        try:
            meeting.wait()  # on PostgreSQL both hold their first row now
        except threading.BrokenBarrierError:
            pass  # tried again, or on SQLite, where the other has not begun

    @action
    def add_one(first: Organisation, second: Organisation) -> None:
        for number, row in enumerate((first, second)):
            locked = Organisation.objects.select_for_update().get(pk=row.pk)
            locked.name = str(int(locked.name) + 1)
            locked.save()
            if number == 0:
                meet()
        record(TeaMade(pot_id=first.pk), streams=["pair"])

    raised = together(partial(add_one, *pair), partial(add_one, *reversed(pair)))

    assert raised == []
    assert list(Organisation.objects.values_list("name", flat=True)) == ["2", "2"]
    assert sorted(numbers("pair")) == [1, 2]


def test_a_lock_held_by_another_process_is_waited_for_and_tried_again() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's one writer")
    hurried = connections.create_connection("default")
    hurried.settings_dict = {
        **connection.settings_dict,
        "OPTIONS": {**connection.settings_dict["OPTIONS"], "timeout": 0.02},
    }
    stranger = connections.create_connection("default")
    stranger.inc_thread_sharing()
    stranger.cursor().execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.06, stranger.close)
    mine, connections["default"] = connections["default"], hurried
    timer.start()
    try:
        make_tea(1)
    finally:
        timer.join()
        connections["default"] = mine
        hurried.close()

    assert numbers("kitchen") == [1]


def test_reads_in_a_snapshot_see_one_instant(together: Together) -> None:
    make_tea(1)

    with snapshot():
        before = numbers("kitchen")
        raised = together(partial(make_tea, 2))
        after = numbers("kitchen")

    assert (raised, before, after) == ([], [1], [1])
    assert numbers("kitchen") == [1, 2]
