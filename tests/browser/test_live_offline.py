"""Without a connection: nothing written is lost, nothing is sent twice, and the page says how it stands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.talk import OFFLINE_SECONDS, begin_thread, expect_state, open_live, post, reply

pytestmark = pytest.mark.browser
TEXTS = ("Written in the tunnel.", "Written on the bridge.", "Written in the yard.")


@pytest.mark.timeout(300)
def test_three_replies_written_offline_are_there_once_afterwards(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    expect_state(ana, "live")
    open_live(bo, address)

    bo.context.set_offline(True)
    expect_state(bo, "offline")
    for text in TEXTS:
        reply(bo, text)
    reply(ana, "Meanwhile, in the office.")
    expect(bo.locator(".outbox .notice")).to_have_count(3)
    expect(bo.locator("main .state")).to_have_text("Offline · 3 replies wait to be sent")
    bo.wait_for_timeout(OFFLINE_SECONDS * 1000)
    assert post(ana, "Written").count() == 0
    bo.context.set_offline(False)

    expect(post(ana, "Written")).to_have_count(3, timeout=20_000)
    expect_state(bo, "live")
    expect(bo.locator(".outbox .notice")).to_have_count(0)
    in_order = ["How do you do this?", "Meanwhile, in the office.", *TEXTS]
    assert bo.locator(".slot .body").all_inner_texts() == in_order
    bo.reload()
    assert bo.locator(".slot .body").all_inner_texts() == in_order
    expect(bo.locator("textarea[name=body]")).to_have_value("")


def test_a_reply_survives_the_closed_tab_and_goes_out_from_another_page(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    expect_state(ana, "live")
    open_live(bo, address)
    bo.context.set_offline(True)
    reply(bo, "Kept while the phone was off.")
    expect(bo.locator(".outbox .notice")).to_contain_text("Kept on this device")
    bo.close()

    bo.context.set_offline(False)
    elsewhere, another = bo.context.new_page(), bo.context.new_page()
    elsewhere.goto("/forums/")
    another.goto("/webinars/")

    expect(post(ana, "Kept while the phone was off.")).to_have_count(1, timeout=20_000)
    ana.wait_for_timeout(1_000)
    ana.reload()
    assert post(ana, "Kept while the phone was off.").count() == 1


def test_a_reply_whose_answer_was_lost_is_posted_once(signed_in: Callable[..., Page]) -> None:
    ana = signed_in("ana")
    begin_thread(ana)
    expect_state(ana, "live")
    lost: list[APIResponse] = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    ana.route("**/reply/", lose)
    reply(ana, "Said once.")

    expect(post(ana, "Said once.")).to_be_visible()
    expect(ana.locator(".outbox .notice")).to_have_count(0, timeout=20_000)
    ana.reload()
    assert lost and post(ana, "Said once.").count() == 1


def test_a_refused_reply_is_given_back_with_the_reason(signed_in: Callable[..., Page]) -> None:
    ana, dee = signed_in("ana"), signed_in("dee")
    address = begin_thread(ana)
    expect_state(ana, "live")
    ana.context.set_offline(True)
    expect_state(ana, "offline")
    reply(ana, "Too late for this.")
    expect(ana.locator(".outbox .notice")).to_have_count(1)
    dee.goto(address)
    dee.locator(".rail").get_by_role("link", name="Lock").first.click()
    dee.fill("[name=reason]", "Settled.")
    dee.locator("main form .button").last.click()
    dee.wait_for_url("**/threads/**")

    ana.context.set_offline(False)

    expect(ana.get_by_role("alert")).to_be_attached(timeout=20_000)
    expect(ana.locator("textarea[name=body]")).to_have_value("Too late for this.")
    expect(ana.locator(".outbox .notice")).to_have_count(0)
