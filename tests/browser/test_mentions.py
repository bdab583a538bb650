"""Typing `@` offers members, taken by keyboard or by touch."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import begin_thread, open_live, post, reply

pytestmark = pytest.mark.browser


def test_a_member_is_called_by_a_few_letters_of_her_name(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    open_live(bo, address)
    reply(bo, "I know.")
    expect(post(ana, "I know.")).to_be_visible()

    text = ana.locator("#reply textarea[name=body]")
    text.click()
    ana.keyboard.type("Thank you (@lind", delay=20)
    expect(ana.locator("#called [aria-selected=true]")).to_contain_text("Bo Lindqvist")
    ana.keyboard.press("Enter")
    expect(ana.get_by_role("listbox", name="Members")).to_be_hidden()
    ana.keyboard.type("for this).")

    expect(text).to_have_value("Thank you (@bo for this).")
    ana.locator("form#reply .foot .button:not([name=preview], [formaction])").click()
    expect(post(ana, "for this).").get_by_role("link", name="Bo Lindqvist")).to_be_visible()


def test_escape_leaves_what_was_typed_and_an_address_calls_nobody(signed_in: Callable[..., Page]) -> None:
    ana = signed_in("ana")
    ana.goto("/forums/floods/new/")
    text = ana.locator("textarea[name=body]")
    text.click()
    ana.keyboard.type("@b", delay=20)
    expect(ana.locator("#called li").first).to_be_visible()

    ana.keyboard.press("Escape")
    expect(ana.locator("#called li").first).to_be_hidden()
    ana.keyboard.type(" and ana@b", delay=20)
    ana.wait_for_timeout(400)

    expect(ana.locator("#called")).to_be_hidden()
    expect(text).to_have_value("@b and ana@b")
