"""The socket as docs/live.md describes it, on a real Daphne."""

import asyncio
import contextlib
import json
import os
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
import websockets

from tests.community.live.wire import Wire, wire
from tests.flows.place import ORIGIN, Place

pytestmark = [pytest.mark.processes]


async def begun(place: Place, each: Wire, name: str = "said") -> tuple[str, int, int]:
    """Subscribed to a thread at its head: its stream, that head, the thread's id."""
    thread = place.found["threads"][name]
    stream = f"thread:{thread}"
    head = place.write("head", stream)
    answer = await each.subscribe(stream, head)
    assert answer == {"stream": stream, "after": head, "head": head, "things": []}
    return stream, head, thread


async def test_a_reply_comes_to_an_open_page_with_its_place_and_in_its_language(place: Place) -> None:
    async with wire(place) as english, wire(place) as arabic:
        stream, head, thread = await begun(place, english)
        await arabic.subscribe(stream, head, "ar")

        post = place.write("reply", thread, "cai", "Ours rusted.")
        told, said = await english.hear(), await arabic.hear()

    assert (told["stream"], told["after"], told["head"]) == (stream, head, head + 1)
    things = {thing["id"]: thing for thing in told["things"]}
    assert set(things) == {f"post-{post}", f"head-{thread}"}
    assert things[f"post-{post}"]["place"] == f"{post:015}"
    assert things[f"post-{post}"]["data"] == {"kind": "reply"}
    assert "Ours rusted." in things[f"post-{post}"]["html"]
    assert "form=" not in things[f"post-{post}"]["html"]  # a guest's
    assert f'href="/ar/posts/{post}/"' in said["things"][0]["html"]


async def test_who_was_away_gets_what_she_missed_and_no_more(place: Place) -> None:
    thread = place.found["threads"]["said"]
    head = place.write("head", f"thread:{thread}")
    posts = [place.write("reply", thread, "cai", f"Missed {number}.") for number in range(3)]

    async with wire(place) as late:
        told = await late.subscribe(f"thread:{thread}", head + 1)

    assert [thing["id"] for thing in told["things"]] == [f"post-{posts[1]}", f"post-{posts[2]}", f"head-{thread}"]
    assert (told["after"], told["head"]) == (head + 1, head + 3)


async def test_whoever_is_ahead_or_far_behind_or_finds_a_hole_fetches_the_page(place: Place) -> None:
    stream = f"forum:{place.found['forums']['questions']}"
    head = place.write("head", stream)
    async with wire(place) as each:
        ahead = await each.subscribe(stream, head + 1)
        whole = await each.subscribe(stream, 0)
        place.write("forget_entries", stream)
        with_hole = await each.subscribe(stream, 0)

    assert ahead == with_hole == {"reset": stream, "head": head}
    assert whole["head"] == head


async def test_what_she_may_not_see_is_gone_and_what_does_not_exist_too(place: Place) -> None:
    inside = f"thread:{place.found['threads']['inside']}"
    async with wire(place) as guest, wire(place, "dee") as dee:
        assert await guest.subscribe(inside, 0) == {"gone": inside}
        assert await guest.subscribe("thread:999999", 0) == {"gone": "thread:999999"}
        assert await guest.subscribe(f"member:{place.found['members']['ana']}") == {
            "gone": f"member:{place.found['members']['ana']}"
        }
        assert (await dee.subscribe(inside, 0))["things"]


@pytest.mark.parametrize("said", [
    "no JSON", "[]", "{}", '{"do":"subscribe"}', '{"do":"sing","stream":"thread:1"}',
    '{"do":"subscribe","stream":"thread:one"}', '{"do":"subscribe","stream":"thread:01"}',
    '{"do":"subscribe","stream":"nothing:1"}', '{"do":"subscribe","stream":"access"}',
    '{"do":"subscribe","stream":"thread:1","language":"xx"}', '{"do":"subscribe","stream":"thread:1","since":-1}',
    '{"do":"subscribe","stream":"thread:1","since":true}', '{"do":"subscribe","stream":"thread:1","since":1.5}',
    b"\x00", "[" * 3000,
])  # fmt: skip
async def test_what_is_not_understood_closes_the_socket_and_says_so(place: Place, said: Any) -> None:
    async with wire(place) as each:
        await each.socket.send(said)

        assert await each.ending() == (4400, "not understood")


async def test_a_message_too_large_is_refused(place: Place) -> None:
    message = {"do": "subscribe", "stream": "thread:1"}
    async with wire(place) as each, wire(place) as other:
        await each.say(**message, rest="é" * 2048)
        await other.say(**message, rest="x" * (4096 - len(json.dumps({**message, "rest": ""}))))

        assert await each.ending() == (4413, "message too large")
        assert "gone" in await other.hear() or True


async def test_more_than_twenty_messages_in_ten_seconds_are_too_many(place: Place) -> None:
    async with wire(place) as each:
        for _ in range(20):
            await each.say(do="unsubscribe", stream="thread:1")
        assert await each.hears_nothing(seconds=0.3)
        await each.say(do="unsubscribe", stream="thread:1")

        assert await each.ending() == (4029, "too many messages")


async def test_streams_and_sockets_are_counted(places: Callable[..., Place]) -> None:
    limits = {"LIVE_STREAMS": "2", "LIVE_SOCKETS_A_MEMBER": "2", "LIVE_SOCKETS_AN_ADDRESS": "3"}
    place = places(**limits)
    port = place.site.ports[0]
    async with wire(place, "ana", port=port) as first, wire(place, "ana", port=port) as second:
        for each in (first, second):
            await each.subscribe("site")  # who is answered is counted
        async with wire(place, "ana", port=port) as third:
            assert await third.ending() == (4031, "too many sockets of this member")
        async with wire(place, port=port), wire(place, port=port) as fourth:
            assert await fourth.ending() == (4032, "too many sockets from this address")
        await comes_in(place, "bo", port)  # in their place
        await first.subscribe("thread:1")
        await first.say(do="subscribe", stream="thread:2")

        assert await first.ending() == (4030, "too many streams")


async def comes_in(place: Place, handle: str, port: int) -> None:
    """Those who left are counted off a moment later."""
    async with asyncio.timeout(20):
        while True:
            async with wire(place, handle, port=port) as each:
                with contextlib.suppress(websockets.ConnectionClosed):
                    await begun(place, each)
                    return
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("origin", [
    None, "null", "http://localhost", "http://localhost:8001", "https://localhost:8000", "http://evil.example:8000",
    "http://localhost:8000.evil.example", "http://localhost:8000/", "http://LOCALHOST:8000", "http://a@localhost:8000",
])  # fmt: skip
async def test_only_pages_of_this_very_site_may_open_a_socket(place: Place, origin: str | None) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with wire(place, headers={"Origin": origin} if origin else {}):
            pass

    assert refused.value.response.status_code in (400, 403)


async def test_elsewhere_there_is_no_socket(place: Place) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with websockets.connect(
            place.socket_address().replace("/live/", "/en/live/"), additional_headers={"Origin": ORIGIN}
        ):
            pass

    assert refused.value.response.status_code == 403


async def thing_on(page: Any, name: str) -> Any:
    """Whatever else it hears before, such as how many notices wait."""
    while True:
        for thing in (await page.hear()).get("things", ()):
            if thing["id"] == name:
                return thing


async def test_a_hidden_post_is_taken_away_and_its_author_still_reads_it(place: Place) -> None:
    thread = place.found["threads"]["said"]
    post = place.write("reply", thread, "cai", "Rude.")
    own = f"member:{place.found['members']['cai']}"
    async with wire(place) as guest, wire(place, "dee") as dee, wire(place, "cai") as cai:
        stream, head, _ = await begun(place, guest)
        await dee.subscribe(stream, head)
        await cai.subscribe(own, place.write("head", own))

        place.write("hide", post)
        to_guest, to_dee, to_cai = [await thing_on(each, f"post-{post}") for each in (guest, dee, cai)]

    assert (to_guest["id"], to_guest["html"]) == (f"post-{post}", None)
    assert "Hidden by a moderator" in to_dee["html"]
    assert "Hidden by a moderator" in to_cai["html"]
    assert to_cai["data"] == {"on": stream, "kind": "reply", "own": True, "voted": False, "bookmarked": False}


async def test_a_members_own_stream_tells_her_votes_and_her_notices(place: Place) -> None:
    thread = place.found["threads"]["said"]
    post = place.write("reply", thread, "ana", "Mine.")
    own = f"member:{place.found['members']['fay']}"
    async with wire(place, "fay") as fay:
        now = await fay.subscribe(own)
        place.write("vote", post, "fay")
        voted = await fay.hear()
        place.write("notice", "fay", post)
        noticed = await fay.hear()
        place.write("notices_read", "fay")
        read = await fay.hear()

    before = now["things"][0]["data"]["unread"]
    assert now["things"][0]["id"] == "notices"
    assert [(thing["id"], thing["html"], thing["data"]) for thing in voted["things"]] == [
        (
            f"post-{post}",
            None,
            {"on": f"thread:{thread}", "kind": "reply", "own": False, "voted": True, "bookmarked": False},
        )
    ]
    assert [thing["data"]["unread"] for thing in noticed["things"]] == [before + 1]
    assert [thing["data"]["unread"] for thing in read["things"]] == [0]


async def test_who_is_removed_is_told_within_a_second_and_gets_nothing_later(place: Place) -> None:
    thread = place.found["threads"]["inside"]
    stream = f"thread:{thread}"
    delays = []
    for run in range(10):
        async with wire(place, "fay") as fay:
            assert "things" in await fay.subscribe(stream, place.write("head", stream))
            posting = asyncio.create_task(asyncio.to_thread(place.write, "reply", thread, "ana", f"Before {run}."))
            await posting

            removed_at = await asyncio.to_thread(place.write, "remove_from_circle", "fay")
            began = time.monotonic()
            place.write("reply", thread, "ana", f"After {run}.")
            frames = []
            while "gone" not in (frame := await fay.hear()):
                frames.append(frame)
            delays.append(time.monotonic() - began)

            assert frame == {"gone": stream}
            assert max((frame["head"] for frame in frames if "things" in frame), default=0) <= removed_at
            assert await fay.subscribe(stream, removed_at) == {"gone": stream}
            assert await fay.hears_nothing(seconds=0.2)
        place.write("let_in_again", "fay")
    print("seconds until told, sorted:", *(f"{delay:.2f}" for delay in sorted(delays)))
    assert median(delays) < 1
    assert max(delays) < 1.5  # one second, and what a busy machine takes


@pytest.mark.parametrize("end", ["suspended", "signed_out", "place_ended"])
async def test_who_is_suspended_or_signs_out_is_shown_out(places: Callable[..., Place], end: str) -> None:
    place = places()
    async with wire(place, "bo") as bo, wire(place, "ana") as ana, wire(place) as guest:
        for each in (bo, ana, guest):
            await begun(place, each)

        place.write(end, "bo" if end == "suspended" else place.found["sessions"]["bo"])

        assert await bo.ending() == (4401, "signed out")
        assert await ana.hears_nothing(seconds=0.5)
        assert await guest.hears_nothing(seconds=0.5)


async def test_a_place_that_is_signed_out_hears_nothing_after_a_second(places: Callable[..., Place]) -> None:
    place = places()
    async with wire(place, "bo") as bo:
        await begun(place, bo)
        place.write("place_ended", place.found["sessions"]["bo"])

        assert await bo.ending(seconds=1) == (4401, "signed out")


async def test_a_heartbeat_says_where_every_subscription_stands(places: Callable[..., Place]) -> None:
    place = places(LIVE_HEARTBEAT_SECONDS="0.5")
    async with wire(place) as each:
        stream, head, _ = await begun(place, each)

        assert await each.hear() == {"heads": {stream: head}}


async def test_who_is_here_and_who_is_writing_is_known_to_members(place: Place) -> None:
    ports = place.site.ports
    shared = {"port": ports[-1]} if len(ports) > 1 and os.environ.get("REDIS_URL") else {}
    async with wire(place, "ana") as ana, wire(place, "bo", **shared) as bo, wire(place) as guest:
        for each in (ana, bo, guest):
            stream, _, _ = await begun(place, each)
        await ana.say(do="here", stream=stream)
        await bo.say(do="here", stream=stream)
        while (here := await ana.hear_of("here"))["members"] != [
            {"handle": "ana", "name": "Ana"}, {"handle": "bo", "name": "Bo"}
        ]:  # fmt: skip
            pass
        assert (here["writing"], here["crowd"]) == ([], False)

        await bo.say(do="typing", stream=stream)
        while (await ana.hear_of("here"))["writing"] != ["bo"]:
            pass
        await bo.say(do="here", stream=stream, hidden=True)
        while [member["handle"] for member in (await ana.hear_of("here"))["members"]] != ["ana"]:
            pass
        assert await guest.hears_nothing_of("here", seconds=0.5)


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs REDIS_URL")
async def test_sites_that_share_a_redis_do_not_hear_each_other(places: Callable[..., Place]) -> None:
    first, second = places(), places()
    async with wire(first, "ana") as ana, wire(second, "bo") as bo:
        stream, _, _ = await begun(first, ana)
        assert (await begun(second, bo))[0] == stream  # two threads of one name

        await ana.say(do="here", stream=stream)

        assert (await ana.hear_of("here"))["members"] == [{"handle": "ana", "name": "Ana"}]
        assert await bo.hears_nothing_of("here", seconds=1)


async def test_in_a_crowd_nobody_is_named(place: Place) -> None:
    opened = [wire(place, port=place.site.ports[0]) for _ in range(50)]
    async with wire(place, "ana", port=place.site.ports[0]) as ana:
        stream, _, _ = await begun(place, ana)
        await ana.say(do="here", stream=stream)
        await ana.hear_of("here")
        others = [await each.__aenter__() for each in opened]
        for each in others:
            await begun(place, each)

        while not (told := await ana.hear_of("here"))["crowd"]:
            pass
        for each in opened:
            await each.__aexit__(None, None, None)

    assert (told["members"], told["writing"]) == ([], [])


@pytest.mark.timeout(300)
async def test_a_silent_socket_stays_open_and_hears_what_comes_after(place: Place) -> None:
    """LONG_SILENCE=60 is the time after which careless settings of Redis or a proxy would have cut it."""
    async with wire(place) as each:
        _, _, thread = await begun(place, each)
        silence = float(os.environ.get("LONG_SILENCE", "8"))
        began = time.monotonic()
        while time.monotonic() - began < silence:
            await each.hears_nothing(seconds=silence - (time.monotonic() - began))

        place.write("reply", thread, "cai", "After a long silence.")

        assert "After a long silence." in (await each.hear_of("things"))["things"][0]["html"]
