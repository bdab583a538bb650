"""Pages that were cut off in other ways come right by themselves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from tests.browser.talk import FROZEN_SECONDS, begin_thread, expect_state, open_live, post, reply

pytestmark = pytest.mark.browser
NO_SOCKETS = (
    "globalThis.WebSocket = class extends EventTarget { constructor() { super(); throw new Error('blocked'); } }"
)
# The first socket of a page opens without a word, as Chromium was seen to do once.
MUTE_OPENING = """
const Real = globalThis.WebSocket;
let made = 0;
globalThis.WebSocket = class extends Real {
  constructor(...all) { super(...all); this.isMute = made++ === 0; }
  set onopen(heed) { if (!this.isMute) super.onopen = heed; }
};
"""


@pytest.mark.timeout(600)
def test_a_page_frozen_by_the_browser_catches_up(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    ana = signed_in("ana")
    address = begin_thread(ana)
    expect_state(ana, "live")
    guest = open_live(open_browser(), address)
    browser = guest.context.new_cdp_session(guest)

    browser.send("Page.setWebLifecycleState", {"state": "frozen"})
    for text in ("While you slept.", "While you slept on."):
        reply(ana, text)
        expect(post(ana, text)).to_be_visible()
    ana.wait_for_timeout(FROZEN_SECONDS * 1000)
    browser.send("Page.setWebLifecycleState", {"state": "active"})

    expect(post(guest, "While you slept")).to_have_count(2, timeout=20_000)
    expect_state(guest, "live")


def test_a_frame_lost_on_the_way_is_noticed_and_fetched(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    ana, guest = signed_in("ana"), open_browser()
    address = begin_thread(ana)
    expect_state(ana, "live")
    lost: list[str] = []

    def lose_one(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if not lost and "Lost on the way." in str(message):
                lost.append(str(message))
            else:
                socket.send(message)

        server.on_message(pass_on)

    guest.route_web_socket("**/live/", lose_one)
    open_live(guest, address)
    reply(ana, "Lost on the way.")
    expect(post(ana, "Lost on the way.")).to_be_visible()

    reply(ana, "And another.")

    expect(guest.locator(".slot .body")).to_have_text(["How do you do this?", "Lost on the way.", "And another."])
    assert len(lost) == 1  # what stands there came another time
    expect_state(guest, "live")


def test_a_page_whose_subscription_was_never_answered_asks_for_it_again(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    address = begin_thread(signed_in("ana"))
    guest = open_browser()
    lost: list[str] = []

    def lose_one(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if not lost and '"do":"subscribe","stream":"thread:' in str(message):
                lost.append(str(message))
            else:
                server.send(message)

        socket.on_message(pass_on)

    guest.route_web_socket("**/live/", lose_one)

    open_live(guest, address)

    assert len(lost) == 1


def test_a_page_that_was_not_told_of_its_socket_opening_subscribes_all_the_same(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    address = begin_thread(signed_in("ana"))
    guest = open_browser()
    opened: list[WebSocket] = []
    guest.on("websocket", lambda socket: opened.append(socket))
    guest.add_init_script(MUTE_OPENING)

    open_live(guest, address)

    assert len(opened) == 1  # by that socket, not by another after it had been given up


def test_where_sockets_are_blocked_the_page_asks_and_says_when(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    ana, guest = signed_in("ana"), open_browser()
    address = begin_thread(ana)
    expect_state(ana, "live")
    guest.add_init_script(NO_SOCKETS)
    guest.goto(address)
    expect_state(guest, "asking")
    expect(guest.locator("main .state")).to_have_text(re.compile(r"Last updated \d\d:\d\d"))

    reply(ana, "By the slow road.")

    expect(post(guest, "By the slow road.")).to_be_visible(timeout=30_000)


def test_a_member_without_sockets_sees_her_own_reply_at_once(signed_in: Callable[..., Page]) -> None:
    ana = signed_in("ana")
    ana.add_init_script(NO_SOCKETS)
    begin_thread(ana)
    expect_state(ana, "asking")

    reply(ana, "Mine, at once.")

    expect(post(ana, "Mine, at once.")).to_have_class("slot reply own")


def test_a_member_without_sockets_is_told_what_is_hers_too(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    reply(ana, "Salt, not rust.")
    bo.goto(address)
    bo.add_init_script(NO_SOCKETS)
    other = bo.context.new_page()
    other.add_init_script(NO_SOCKETS)
    other.goto(address)
    expect_state(other, "asking")

    post(bo, "Salt, not rust.").get_by_role("button", name="Helpful").first.click()

    expect(post(other, "Salt, not rust.")).to_have_class("slot reply voted", timeout=40_000)


def test_an_open_page_in_arabic_gets_its_posts_in_arabic(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    ana = signed_in("ana")
    address = begin_thread(ana)
    expect_state(ana, "live")
    path = address.split("/threads/")[1]
    reader = open_live(open_browser(), f"/ar/threads/{path}")

    reply(ana, "نضخ عند الجزر.")

    expect(post(reader, "نضخ عند الجزر.")).to_be_visible()
    here = post(reader, "نضخ عند الجزر.").inner_html().strip()
    reader.reload()
    assert "data-when" in here
    assert post(reader, "نضخ عند الجزر.").inner_html().strip() == here


def test_a_members_live_post_says_its_time_in_her_zone_as_a_fresh_page_does(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    expect_state(ana, "live")
    open_live(bo, address)

    reply(ana, "At this hour.")
    expect(post(bo, "At this hour.")).to_be_visible()

    live = post(bo, "At this hour.").locator("time").first.inner_text()
    bo.reload()
    assert post(bo, "At this hour.").locator("time").first.inner_text() == live


def test_a_page_taken_from_its_reader_is_emptied_calmly(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    ana, dee, guest = signed_in("ana"), signed_in("dee"), open_browser()
    address = begin_thread(ana, body="Not for everybody.")
    open_live(guest, address)
    dee.goto(address)

    post(dee, "Not for everybody.").get_by_role("link", name="Hide").click()
    dee.fill("[name=reason]", "It names a person.")
    dee.locator("main form .button").last.click()

    expect(guest.locator("main .notice")).to_have_text("You no longer have access to this.")
    expect(guest.locator(".slot")).to_have_count(0)
