"""The first conversation by keyboard alone: every step is reached by Tab, done by Enter, and seen where it stands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
FOCUS = """() => {
    const here = document.activeElement;
    const words = here.getAttribute("aria-label") || here.labels?.[0]?.innerText || here.innerText || "";
    const look = getComputedStyle(here);
    return {
        words: words.trim().replace(/\\s+/g, " "),
        name: here.name || "",
        seen: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 || look.boxShadow !== "none",
        height: here.getBoundingClientRect().height,
    };
}"""


def test_a_member_asks_and_accepts_without_a_mouse(
    open_browser: Callable[..., Page], signed_in: Callable[..., Page]
) -> None:
    ana = open_browser(reduced_motion="reduce")
    ana.goto("/account/login/")
    write(ana, "login", "ana@frontline.example")
    write(ana, "password", "frontline-demo")
    ana.keyboard.press("Enter")
    ana.wait_for_url(lambda address: "login" not in address)

    ana.goto("/forums/")
    follow(ana, "Ask a city")
    follow(ana, "Ask a question")
    write(ana, "title", "Who opens the sluice at night?")
    write(ana, "body", "Our duty list ends at ten.")
    follow(ana, "Ask")
    expect(ana.locator("h1")).to_have_text("Who opens the sluice at night?")

    cai = signed_in("cai", reduced_motion="reduce")
    cai.goto(ana.url.split("?")[0])
    write(cai, "body", "The fire station has the second key.")
    press(cai, "Answer")
    expect(cai.locator(".post", has_text="second key")).to_be_visible()

    ana.reload()
    press(ana, "Accept this answer")
    expect(ana.locator(".post.accepted")).to_contain_text("second key")


def test_the_first_tab_leads_past_the_masthead(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    page.goto("/forums/")

    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert first["words"] == "Skip to content"
    assert first["seen"]
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_opens_and_closes_by_keyboard(signed_in: Callable[..., Page]) -> None:
    page = signed_in("ana")
    page.goto("/forums/")
    menu = page.locator("details[data-menu]")

    reach(page, lambda focus: "Your menu" in focus["words"])
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    reach(page, lambda focus: focus["words"] == "Your page")
    page.keyboard.press("Escape")

    expect(menu).not_to_have_attribute("open", "")
    assert "Your menu" in page.evaluate(FOCUS)["words"]


def reach(page: Page, is_there: Callable[[dict], bool]) -> None:
    """Tab from here on. Whatever is passed on the way shows that the focus is there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["seen"] or not focus["words"], focus
        if is_there(focus):
            assert focus["seen"] and focus["height"] > 0, focus
            return
    raise AssertionError(f"not reached by Tab on {page.url}")


def write(page: Page, name: str, text: str) -> None:
    reach(page, lambda focus: focus["name"] == name)
    page.keyboard.type(text)


def follow(page: Page, words: str) -> None:
    """Press the link or button that says so, and arrive."""
    with page.expect_navigation():
        press(page, words)


def press(page: Page, words: str) -> None:
    reach(page, lambda focus: focus["words"] == words)
    page.keyboard.press("Enter")
