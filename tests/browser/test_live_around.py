"""Lists, notices and people around the threads, live."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.talk import begin_thread, expect_state, open_live, post, reply

pytestmark = pytest.mark.browser


def test_new_threads_and_counts_appear_in_the_open_list(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    open_live(bo, "/forums/heat/")

    begin_thread(ana, "heat")
    title = ana.locator("h1").inner_text()
    row = bo.locator(".rows > li", has_text=title)
    expect(row).to_have_class("unread")
    expect(row.locator(".count b")).to_have_text("0")
    reply(ana, "One more thing.")

    expect(row.locator(".count b")).to_have_text("1")
    row.get_by_role("link", name=title).click()
    expect(bo.locator("h1")).to_have_text(title)


def test_an_empty_list_that_was_open_grows_its_first_row(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page], server: Server
) -> None:
    forum = "from tests.factories.forums import make_forum; print(make_forum().slug)"
    slug = server.manage("shell", "--no-imports", "--command", forum).strip()
    ana, guest = signed_in("ana"), open_browser()
    open_live(guest, f"/forums/{slug}/")
    expect(guest.locator("main .empty")).to_be_visible()

    begin_thread(ana, slug)

    expect(guest.locator(".rows > li")).to_have_count(1)
    expect(guest.locator("main .empty")).to_be_hidden()


def test_ones_own_reply_is_not_unread_in_ones_other_window(signed_in: Callable[..., Page]) -> None:
    ana = signed_in("ana")
    begin_thread(ana, "heat")
    expect_state(ana, "live")
    other = open_live(ana.context.new_page(), "/forums/heat/")
    row = other.locator(".rows > li", has_text=ana.locator("h1").inner_text())

    reply(ana, "By myself.")

    expect(row.locator(".count b")).to_have_text("1")
    expect(row).not_to_have_class("unread")


def test_the_number_of_notices_in_the_masthead_is_live(signed_in: Callable[..., Page]) -> None:
    cai, bo = signed_in("cai"), signed_in("bo")
    address = begin_thread(cai)
    cai.goto("/webinars/")
    badge = cai.locator("summary .badge")
    before = int(badge.inner_text().split()[0]) if badge.count() else 0
    open_live(bo, address)

    reply(bo, "Something for you.")

    expect(badge).to_contain_text(str(before + 1), timeout=15_000)


def test_the_open_page_of_notices_tells_of_new_ones(signed_in: Callable[..., Page]) -> None:
    cai, bo = signed_in("cai"), signed_in("bo")
    address = begin_thread(cai)
    cai.goto("/notifications/")
    expect(cai.locator("[data-since]")).to_have_count(0)
    open_live(bo, address)

    reply(bo, "Read this.")

    news = cai.locator("[data-since]")
    expect(news).to_have_text("1 new notice", timeout=15_000)
    news.click()
    expect(cai.locator(".rows > li").first).to_have_class("unread")
    expect(cai.locator("[data-since]")).to_have_count(0)


def test_members_see_who_is_here_and_writing_unless_they_do_not_wish_it(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    expect_state(ana, "live")
    open_live(bo, address)
    expect(ana.locator("#here [data-here]")).to_contain_text("Here now:", timeout=10_000)

    bo.locator("textarea[name=body]").press_sequentially("I thi")
    expect(ana.locator("#here [data-writing]")).to_contain_text("is writing")

    bo.get_by_text("Who sees you").click()
    bo.get_by_label("Show others that I am here").uncheck()
    expect(ana.locator("#here [data-here]")).to_have_text("", timeout=10_000)
    bo.reload()
    expect_state(bo, "live")
    ana.wait_for_timeout(2_000)
    assert ana.locator("#here [data-here]").inner_text() == ""


def test_without_scripts_nothing_of_this_is_shown(signed_in: Callable[..., Page]) -> None:
    ana = signed_in("ana", java_script_enabled=False)
    begin_thread(ana)
    reply(ana, "Plainly.")

    expect(post(ana, "Plainly.")).to_be_visible()
    assert ana.locator("main .state, .pill").count() == 0
    expect(ana.locator("#here")).to_be_hidden()


def test_a_draft_that_is_on_its_way_does_not_come_back_into_the_form(signed_in: Callable[..., Page]) -> None:
    bo = signed_in("bo")
    begin_thread(bo)
    expect_state(bo, "live")
    bo.fill("textarea[name=body]", "Drafted, then sent from the train.")
    bo.wait_for_timeout(3_500)
    bo.route("**/reply/", lambda route: route.abort())
    reply(bo, "Drafted, then sent from the train.")
    expect(bo.locator(".outbox .notice")).to_have_count(1)

    bo.reload()

    expect(bo.locator(".outbox .notice")).to_have_count(1)
    expect(bo.locator("textarea[name=body]")).to_have_value("")
