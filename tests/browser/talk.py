"""What people do on pages, for browser tests of what others see of it."""

import os
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

# LIVE_PATIENCE=1 lets pages be away as long as people are: a minute without a line, five minutes frozen.
IS_PATIENT = os.environ.get("LIVE_PATIENCE") == "1"
OFFLINE_SECONDS, FROZEN_SECONDS = (60, 300) if IS_PATIENT else (3, 5)


def begin_thread(page: Page, forum: str = "floods", body: str = "How do you do this?") -> str:
    """A new thread of this member's; she is on its page. Returns the address for others."""
    page.goto(f"/forums/{forum}/new/")
    page.fill("input[name=title]", f"Pumps at night {uuid4().hex[:8]}")
    page.fill("textarea[name=body]", body)
    page.locator("form.write .foot .button:not([name=preview], [formaction])").last.click()
    page.wait_for_url("**/threads/**")
    return page.url.split("?")[0].split("#")[0]


def reply(page: Page, text: str) -> None:
    page.fill("textarea[name=body]", text)
    page.locator("form#reply .foot .button:not([name=preview], [formaction])").click()


def post(page: Page, text: str) -> Locator:
    return page.locator(".slot", has=page.locator(".body", has_text=text))


def expect_state(page: Page, state: str) -> None:
    expect(page.locator("main .state")).to_have_attribute("data-state", state, timeout=30_000)


def open_live(page: Page, address: str) -> Page:
    page.goto(address)
    expect_state(page, "live")
    return page
