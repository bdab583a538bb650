"""Browser tests: a real Chromium, a real Daphne. Where no browser can be had they are skipped, saying so."""

from collections.abc import Callable, Generator, Iterator
from time import time
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect, sync_playwright

from tests.browser.pages import made
from tests.browser.server import Server
from tests.browsers import find_browser

expect.set_options(timeout=15_000)  # a busy machine takes its time; what is there already is not waited for
SEEN = pytest.StashKey[list[str]]()  # what went over the sockets of a test's pages, and what they asked for
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With a test that failed: what its pages and the server said last, since it may not fail again for weeks."""
    report = yield
    if report.failed:
        server = getattr(item, "funcargs", {}).get("server")
        log = server.log.read_text(errors="replace").splitlines() if isinstance(server, Server) else []
        report.sections += [("pages", "\n".join(item.stash.get(SEEN, [])[-80:])), ("server", "\n".join(log[-80:]))]
    return report


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
def open_browser(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Somebody's own browser, as a page at the site's root. Its script errors fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []
    seen = request.node.stash.setdefault(SEEN, [])

    def opened(**options: object) -> Page:
        context = chromium.new_context(base_url=server.origin, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, f"browser {len(contexts)}", seen)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def watch(page: Page, name: str, seen: list[str]) -> None:
    def note(what: str, more: object = "") -> None:
        seen.append(f"{time():.3f} {name} {what} {str(more)[:240]}")

    def socket(opened: WebSocket) -> None:
        note("socket", "opened")
        opened.on("framesent", lambda text: note("says", text))
        opened.on("framereceived", lambda text: note("hears", text))
        opened.on("close", lambda _: note("socket", "closed"))

    page.on("websocket", socket)
    page.on("response", lambda answer: note(str(answer.status), answer.url) if "/static/" not in answer.url else None)
    page.on("requestfailed", lambda asked: note("no answer", asked.url))


@pytest.fixture(scope="session")
def sessions() -> dict[str, list[Any]]:
    """By the members' names, the cookies of a session that was begun before."""
    return {}


@pytest.fixture
def signed_in(open_browser: Callable[..., Page], sessions: dict[str, list[Any]]) -> Callable[..., Page]:
    """A page of a member of the demonstration, signed in. Params: anew, by her password, also where she was before."""

    def enter(name: str, *, anew: bool = False, **options: object) -> Page:
        page = open_browser(**options)
        if name in sessions and not anew:
            page.context.add_cookies(sessions[name])
            page.goto("/")
            if page.locator("[data-menu]").count():
                return page
        page.goto("/account/login/")
        page.fill("input[name=login]", f"{name}@frontline.example")
        page.fill("input[name=password]", "frontline-demo")
        page.locator("form:has(input[name=login]) button").first.click()
        page.wait_for_url(lambda address: "login" not in address)
        cookies: list[Any] = page.context.cookies()
        sessions[name] = [each for each in cookies if each["name"] in ("sessionid", "csrftoken")]
        return page

    return enter
