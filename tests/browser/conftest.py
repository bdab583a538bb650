"""Browser tests: a real Chromium, a real Daphne. Where no browser can be had they are skipped, saying so."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.pages import made
from tests.browser.server import Server
from tests.browsers import find_browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_browser()
    if not path:
        pytest.skip("browser test skipped: no Chromium on this machine (set CHROMIUM to one)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    served = Server(tmp_path_factory.mktemp("served"))
    served.prepare()
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def things(server: Server) -> dict[str, str]:
    """What the examples of pages name (tests/browser/examples.py)."""
    return made(server)


@pytest.fixture
def open_browser(chromium: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Somebody's own browser, as a page at the site's root. Its script errors fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(**options: object) -> Page:
        context = chromium.new_context(base_url=server.origin, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def signed_in(open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """A page of a member of the demonstration, signed in."""

    def enter(name: str, **options: object) -> Page:
        page = open_browser(**options)
        page.goto("/account/login/")
        page.fill("input[name=login]", f"{name}@frontline.example")
        page.fill("input[name=password]", "frontline-demo")
        page.locator("form:has(input[name=login]) button").first.click()
        page.wait_for_url(lambda address: "login" not in address)
        return page

    return enter
