"""Reports, the moderators' count and their queue, in browsers side by side."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import begin_thread, open_live, post, reply

pytestmark = pytest.mark.browser


def waiting(page: Page) -> int:
    badge = page.locator("[data-reviews] .badge")
    return int(badge.inner_text().split()[0]) if badge.count() else 0


def test_a_report_is_counted_live_and_a_decision_reaches_the_author(signed_in: Callable[..., Page]) -> None:
    cai, bo, dee = signed_in("cai"), signed_in("bo"), signed_in("dee")
    address = begin_thread(cai, body="Buy our pumps.")
    dee.goto("/moderation/")
    before = waiting(dee)
    open_live(bo, address)

    post(bo, "Buy our pumps.").get_by_role("link", name="Report").click()
    bo.get_by_label("Advertising or spam").check()
    bo.locator("form.write .button").click()
    expect(bo.locator("h1")).to_have_text("Thank you")

    expect(dee.locator("[data-reviews] .badge")).to_contain_text(str(before + 1), timeout=15_000)
    expect(dee.locator("[data-since]")).to_have_text("1 new thing to review")
    dee.locator("[data-since]").click()
    dee.get_by_role("link", name="Buy our pumps.").last.click()
    dee.get_by_label("Hide this post").check()
    dee.locator("input[name=reason]").fill("It sells pumps.")
    dee.get_by_role("button", name="Decide").click()
    expect(dee.locator("[data-reviews] .badge")).to_contain_text(str(before)) if before else None

    expect(cai.locator(".why")).to_contain_text("It sells pumps.", timeout=15_000)
    expect(cai.locator("summary .badge")).to_be_visible(timeout=15_000)


def test_a_report_and_its_decision_need_no_script(signed_in: Callable[..., Page]) -> None:
    cai = signed_in("cai", java_script_enabled=False)
    bo, dee = signed_in("bo", java_script_enabled=False), signed_in("dee", java_script_enabled=False)
    address = begin_thread(cai, body="Buy our sandbags.")
    bo.goto(address)
    post(bo, "Buy our sandbags.").get_by_role("link", name="Report").click()
    bo.get_by_label("Advertising or spam").check()
    bo.locator("form.write .button").click()

    dee.goto("/moderation/")
    dee.get_by_role("link", name="Buy our sandbags.").click()
    dee.get_by_label("Leave it as it is").check()
    dee.get_by_role("button", name="Decide").click()

    expect(dee.locator(".messages")).to_contain_text("It is decided.")


def test_a_queue_is_worked_through_by_keyboard(signed_in: Callable[..., Page]) -> None:
    cai, dee = signed_in("cai"), signed_in("dee", viewport={"width": 360, "height": 740})
    begin_thread(cai, body="Buy our barriers.")
    reply(cai, "And our gates.")
    bo = signed_in("bo")
    bo.goto(cai.url.split("#")[0])
    post(bo, "And our gates.").get_by_role("link", name="Report").click()
    bo.get_by_label("Something else").check()
    bo.locator("form.write .button").click()

    dee.goto("/moderation/")
    dee.get_by_role("link", name="And our gates.").focus()
    dee.keyboard.press("Enter")
    dee.get_by_label("Leave it as it is").focus()
    dee.keyboard.press("Space")
    dee.get_by_role("button", name="Decide").focus()
    dee.keyboard.press("Enter")

    expect(dee.locator(".messages")).to_contain_text("It is decided.")
    assert dee.evaluate("document.documentElement.scrollWidth <= innerWidth")
