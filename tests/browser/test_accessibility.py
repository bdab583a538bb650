"""Nobody is kept out: axe finds nothing on any page, in either direction, by light and by dark, on a small phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser.pages import EVERY, Example, address, made
from tests.browser.server import Server

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WHOLE = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
DIRECTIONS = {"en": "ltr", "ar": "rtl"}
# Answers that are no page: data, a mere step to another page, deeds by POST, and Django's own admin.
NO_PAGES = """
    healthz readyz metrics forums:feed forums:tags forums:thread-short forums:post forums:unread forums:reply
    forums:read forums:forum-read forums:deed forums:preview forums:draft forums:discard-draft
    notifications:all_read notifications:open
""".split()


@pytest.fixture(scope="session")
def things(server: Server) -> dict[str, str]:
    return made(server)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("who", EVERY)
def test_axe_finds_nothing_on_any_page(
    who: str,
    language: str,
    things: dict[str, str],
    open_browser: Callable[..., Page],
    signed_in: Callable[..., Page],
) -> None:
    reader = {"viewport": PHONE, "reduced_motion": "reduce", "color_scheme": "light"}
    page = open_browser(**reader) if who == "a guest" else signed_in(who, **reader)

    found = [line for example in EVERY[who] for line in wrong_on(page, example, address(example, things, language))]

    assert not found, "\n".join(found)


def wrong_on(page: Page, example: Example, path: str) -> Iterator[str]:
    answer = page.goto(path)
    assert answer
    assert answer.status == example.status, (path, answer.status)
    if example.then:
        example.then(page)
    where = f"{path} {example.then.__name__}" if example.then else path
    yield from (f"{where}: {line}" for line in [*frame(page, path), *axe(page, WHOLE)])
    page.emulate_media(color_scheme="dark")
    yield from (f"{where} in the dark: {line}" for line in axe(page, COLOURS))
    page.emulate_media(color_scheme="light")


def frame(page: Page, path: str) -> list[str]:
    language, direction, width = page.evaluate(
        "[document.documentElement.lang, document.documentElement.dir, document.documentElement.scrollWidth]"
    )
    asked = "ar" if path.startswith("/ar/") else "en"
    told = (language, direction) == (asked, DIRECTIONS[asked])
    fits = width <= PHONE["width"]
    return [*([] if told else [f"says {language} {direction}"]), *([] if fits else [f"is {width} pixels wide"])]


def axe(page: Page, options: dict[str, Any]) -> list[str]:
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']} {node['html'][:150]} {node['failureSummary'][:300]}" for each in violations for node in each["nodes"]]
