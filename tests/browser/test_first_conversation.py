"""The first story: sign up, verify, ask, be answered, accept; with and without scripts."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_practitioner_signs_up_asks_and_accepts_an_answer(
    scripts: bool, open_browser: Callable[..., Page], signed_in: Callable[..., Page]
) -> None:
    asker = open_browser(java_script_enabled=scripts)
    title = f"Who keeps the pump keys at night? {uuid4().hex[:6]}"

    sign_up_and_verify(asker, f"imani-{uuid4().hex[:8]}@city.example")
    asker.goto("/forums/ask/")
    asker.get_by_role("link", name="Ask a question").click()
    asker.fill("input[name=title]", title)
    asker.fill("textarea[name=body]", "Our keys hang in an office that closes at six. **Where do yours hang?**")
    asker.fill("input[name=tags]", "pumps, night shift")
    asker.get_by_role("button", name="Ask", exact=True).click()
    expect(asker.locator("h1")).to_have_text(title)

    answerer = signed_in("ana", java_script_enabled=scripts)
    answerer.goto(asker.url.split("?")[0])
    answerer.fill("textarea[name=body]", "In a coded box at the pump itself. The code changes each month.")
    answerer.get_by_role("button", name="Answer", exact=True).click()
    expect(answerer.locator(".post", has_text="coded box")).to_be_visible()

    asker.reload()
    asker.get_by_role("button", name="Accept this answer").click()
    expect(asker.locator(".post.accepted")).to_contain_text("coded box")
    expect(asker.get_by_text("Remove accepted answer")).to_be_visible()


def sign_up_and_verify(page: Page, address: str) -> None:
    page.goto("/account/signup/")
    page.fill("input[name=email]", address)
    page.fill("input[name=password1]", "seven-quiet-pumps-21")
    page.fill("input[name=name]", "Imani Kessy")
    page.get_by_role("button", name="Join", exact=True).click()
    page.goto(confirmation_for(page, address))
    page.locator("main form button").first.click()
    expect(page.locator("html")).to_have_attribute("data-member", re.compile("imani"))


def confirmation_for(page: Page, address: str) -> str:
    """The link in the mail, which a worker sends a moment later."""
    letter = page.locator("article", has_text=address)
    for _ in range(40):
        page.goto("/mailbox/")
        if letter.count():
            return str(letter.locator("a[href*=confirm]").first.get_attribute("href"))
        page.wait_for_timeout(250)
    raise AssertionError(f"no mail to {address}")
