"""Finding something by the box at the head of every page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_what_is_typed_is_suggested_and_chosen_by_keyboard(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/forums/")
    box = page.get_by_role("searchbox", name="Search the community").or_(page.get_by_role("combobox"))

    box.click()
    page.keyboard.type("volunteer flood ward", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("flood wardens")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("flood wardens")


def test_escape_closes_the_list_and_enter_searches(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/cities/")
    page.locator("#search-everywhere").click()
    page.keyboard.type("stromwater flood", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()

    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/search/\?q=stromwater"))
    assert page.locator("mark").count() > 0


def test_without_scripts_the_box_searches_and_facets_narrow(open_browser: Callable[..., Page]) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto("/")
    page.fill("#search-everywhere", "flood")
    page.press("#search-everywhere", "Enter")
    before = page.locator("#results").inner_text()

    page.locator(".where-wide").get_by_role("link", name="Webinar sessions").click()

    assert page.locator("#results").inner_text() != before
    expect(page.locator(".rows .chip").first).to_have_text("Session")
