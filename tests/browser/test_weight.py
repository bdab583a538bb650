"""A first visit weighs little and shows its words before any script has run."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.server import Server

pytestmark = pytest.mark.browser
MOST_BYTES = 60 * 1024  # compressed: page, styles, scripts and icons together
POSTS = 20


def test_a_guests_first_visit_to_a_thread_of_20_posts_costs_at_most_60_kb(
    things: dict[str, str], server: Server, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(viewport={"width": 360, "height": 740})
    asked: list[str] = []
    weights: list[int] = []
    page.on("request", lambda request: asked.append(request.url))
    network = page.context.new_cdp_session(page)
    network.on("Network.loadingFinished", lambda finished: weights.append(finished["encodedDataLength"]))
    network.send("Network.enable")

    page.goto(things["discussion"], wait_until="networkidle")

    assert page.locator("article.post").count() == POSTS
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(server.origin).netloc}
    assert len(weights) >= len(set(asked)) > 3
    assert sum(weights) <= MOST_BYTES, dict(zip(asked, weights, strict=False))


def test_a_guest_fetches_none_of_what_only_members_need(
    things: dict[str, str], open_browser: Callable[..., Page]
) -> None:
    page = open_browser()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition("/")[2].split(".")[0]))

    page.goto(things["discussion"], wait_until="networkidle")

    assert "live" in asked
    members = {
        "outbox",
        "sending",
        "replying",
        "pending",
        "drafts",
        "deeds",
        "presence",
        "progress",
        "preview",
    }
    assert members.isdisjoint(asked), members.intersection(asked)


def test_the_same_words_stand_there_without_scripts(things: dict[str, str], open_browser: Callable[..., Page]) -> None:
    with_scripts, without = open_browser(), open_browser(java_script_enabled=False)

    for page in (with_scripts, without):
        page.goto(things["discussion"], wait_until="networkidle")

    assert (
        without.locator("article.post .body").all_inner_texts()
        == with_scripts.locator("article.post .body").all_inner_texts()
    )
    assert without.locator("h1").inner_text() == with_scripts.locator("h1").inner_text()
    assert (
        without.locator("script:not([type=module]):not([type='application/json'])").count() == 0
    )  # none that holds up
