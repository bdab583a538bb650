"""What one has begun to write survives."""

import contextlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, TimeoutError, expect

pytestmark = pytest.mark.browser


def test_a_draft_survives_a_killed_tab(signed_in: Callable[..., Page]) -> None:
    page = signed_in("ana")
    page.goto("/forums/floods/new/")
    page.fill("input[name=title]", "Sandbags or gates")
    page.fill("textarea[name=body]", "We have 4,000 bags and one gate.")
    page.wait_for_timeout(600)

    crash(page)
    again = page.context.new_page()
    again.goto("/forums/floods/new/")

    expect(again.locator("input[name=title]")).to_have_value("Sandbags or gates")
    expect(again.locator("textarea[name=body]")).to_have_value("We have 4,000 bags and one gate.")


def crash(page: Page) -> None:
    """The tab is gone at once, as when a phone runs out of memory: no unload handler runs."""
    gone: list[Page] = []
    page.on("crash", lambda crashed: gone.append(crashed))
    with contextlib.suppress(TimeoutError):  # nobody is left to answer
        page.context.new_cdp_session(page).send("Page.crash", timeout=1500)
    assert gone


def test_a_draft_follows_the_member_to_another_device(signed_in: Callable[..., Page]) -> None:
    here = signed_in("bo")
    here.goto("/forums/heat/new/")
    here.fill("textarea[name=body]", "Begun on the train.")
    expect(here.locator("[data-draft-state]")).to_contain_text("Draft saved")
    here.wait_for_timeout(4000)

    there = signed_in("bo")
    there.goto("/forums/heat/new/")

    expect(there.locator("textarea[name=body]")).to_have_value("Begun on the train.")


def test_a_reply_typed_after_the_sign_in_ran_out_is_there_after_signing_in(signed_in: Callable[..., Page]) -> None:
    page = signed_in("cai")
    page.goto("/forums/floods/")
    page.locator(".rows h3 a").first.click()
    page.fill("textarea[name=body]", "Typed for an hour.")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Reply", exact=True).click()
    page.fill("input[name=login]", "cai@frontline.example")
    page.fill("input[name=password]", "frontline-demo")
    page.locator("form:has(input[name=login]) button").first.click()

    expect(page.locator("textarea[name=body]")).to_have_value("Typed for an hour.")
