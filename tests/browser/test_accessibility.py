"""Nobody is kept out: axe finds nothing on any page, in either direction, by light and by dark, on a small phone."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import EVERY, Example, address
from tests.browser.steps import open_control, open_menu

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # a busy machine takes its time

PHONE = {"width": 360, "height": 740}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # of style sheets, for rules that are not asked here
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, which axe leaves out unless told
}
AXE = Axe().axe_script
IS_ASKED = os.environ.get("AXE") != "0"  # `.ci/run` asks once: the database does not change how a page looks
LOOKS = [("en", "light"), ("ar", "dark")]
ASK = "async ([within, options]) => (await axe.run(within || document, options)).violations"
# What is opened lies over the page, which was asked about closed: only what is in it is new.
OPENED: dict[Callable[[Page], object] | None, str] = {open_menu: "[data-menu]", open_control: "details.follow"}


@pytest.mark.parametrize(("language", "scheme"), LOOKS if IS_ASKED else LOOKS[:1])
@pytest.mark.parametrize("who", EVERY)
def test_axe_finds_nothing_on_any_page(
    who: str,
    language: str,
    scheme: str,
    things: dict[str, str],
    open_browser: Callable[..., Page],
    signed_in: Callable[..., Page],
) -> None:
    reader = {"viewport": PHONE, "reduced_motion": "reduce", "color_scheme": scheme}
    page = open_browser(**reader) if who == "a guest" else signed_in(who, anew=True, **reader)

    found = [line for example in EVERY[who] for line in wrong_on(page, example, address(example, things, language))]

    assert not found, "\n".join(found)
    if not IS_ASKED:
        pytest.skip("the pages were opened; axe looked at them in the round before")


def wrong_on(page: Page, example: Example, path: str) -> Iterator[str]:
    answer = page.goto(path)
    assert answer
    assert answer.status == example.status, (path, answer.status)
    if example.then:
        example.then(page)
    where = f"{path} {example.then.__name__}" if example.then else path
    within = OPENED.get(example.then)
    yield from (f"{where}: {line}" for line in [*too_wide(page), *(axe(page, within) if IS_ASKED else [])])


def too_wide(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"is {width} pixels wide"] if width > PHONE["width"] else []


def axe(page: Page, within: str | None = None) -> list[str]:
    """A line for each element that a reader may stumble over."""
    page.evaluate(AXE)
    return [
        f"{each['id']} {node['html'][:150]} {node['failureSummary'][:300]}"
        for each in page.evaluate(ASK, [within, OPTIONS])
        for node in each["nodes"]
    ]
