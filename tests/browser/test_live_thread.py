"""Two people on one thread: what the one does is on the other's open page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import begin_thread, expect_state, open_live, post, reply

pytestmark = pytest.mark.browser


def test_a_reply_and_its_edit_appear_on_a_guests_open_page(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    ana = signed_in("ana")
    address = begin_thread(ana)
    guest = open_live(open_browser(), address)
    expect_state(ana, "live")

    reply(ana, "We pump at low tide.")
    expect(post(guest, "We pump at low tide.")).to_be_visible()
    expect(post(ana, "We pump at low tide.")).to_have_class("slot reply own")
    expect(ana.locator("textarea[name=body]")).to_have_value("")
    expect(guest.locator("[aria-live=polite]")).to_have_text("1 new reply")

    post(ana, "We pump at low tide.").get_by_role("link", name="Edit").click()
    ana.fill("textarea[name=body]", "We pump at high tide.")
    ana.locator("form.write .foot .button:not([name=preview], [formaction])").last.click()
    expect(post(guest, "We pump at high tide.")).to_be_visible()
    assert guest.locator(".slot").count() == 2


def test_an_accepted_answer_moves_up_on_the_others_page(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana, "ask")
    expect_state(ana, "live")
    open_live(bo, address)
    reply(bo, "First, the gates.")
    reply(bo, "Second, the bags.")
    expect(bo.locator(".slot.answer")).to_have_count(2)

    post(ana, "Second, the bags.").get_by_role("button", name="Accept this answer").click()

    expect(bo.locator(".slot").nth(1).locator(".post.accepted")).to_contain_text("Second, the bags.")
    expect(bo.locator(".thread-head .chip.settled")).to_be_visible()
    expect(ana.get_by_role("button", name="Remove accepted answer")).to_be_focused()
    assert "accept" not in ana.url


def test_a_vote_shows_as_mine_without_a_new_page_and_keeps_the_focus(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    expect_state(ana, "live")
    open_live(bo, address)
    bo.evaluate("window.isThisPage = true")

    post(bo, "How do you do this?").get_by_role("button", name="Helpful · 0").click()

    expect(bo.get_by_role("button", name="You found this helpful · 1")).to_be_focused()
    expect(post(ana, "How do you do this?").locator("[data-own].count")).to_have_text("Helpful · 1")
    assert bo.evaluate("window.isThisPage")


def test_a_deleted_reply_goes_from_the_others_page_and_comes_back_undone(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana)
    expect_state(ana, "live")
    open_live(bo, address)
    reply(ana, "Said too soon.")
    expect(post(bo, "Said too soon.")).to_be_visible()

    post(ana, "Said too soon.").get_by_role("button", name="Delete").click()
    expect(post(bo, "Said too soon.")).to_have_count(0)
    expect(post(ana, "Said too soon.")).to_contain_text("Deleted by its author")

    post(ana, "Said too soon.").get_by_role("button", name="Undo deletion").click()
    expect(post(bo, "Said too soon.")).to_be_visible()
    expect(post(ana, "Said too soon.")).not_to_contain_text("Deleted by its author")


def test_a_moved_and_locked_thread_says_so_on_the_open_page(
    signed_in: Callable[..., Page],
) -> None:
    ana, dee = signed_in("ana"), signed_in("dee")
    address = begin_thread(ana)
    expect_state(ana, "live")
    ana.fill("textarea[name=body]", "Half a sentence")
    dee.goto(address)

    decide(dee, "Lock")
    expect(ana.locator("[data-no-reply]")).to_contain_text("locked")
    expect(ana.locator(".thread-head .chip", has_text="Locked")).to_be_visible()
    decide(dee, "Unlock")
    expect(ana.locator("textarea[name=body]")).to_have_value("Half a sentence")
    expect(ana.locator("form#reply")).to_be_visible()

    decide(dee, "Move", to="heat")
    expect(ana.locator(".thread-head a[href='/forums/heat/']")).to_be_visible()
    expect_state(ana, "live")


def decide(page: Page, deed: str, to: str = "") -> None:
    page.locator(".rail").get_by_role("link", name=deed, exact=False).first.click()
    if to:
        label = page.locator("select[name=to] option").filter(has_text="eat").first.inner_text()
        page.select_option("select[name=to]", label=label)
    page.fill("[name=reason]", "For good order.")
    page.locator("main form .button").last.click()
    page.wait_for_url("**/threads/**")


def test_new_replies_below_the_fold_are_offered_and_nothing_moves(signed_in: Callable[..., Page]) -> None:
    ana, bo = signed_in("ana"), signed_in("bo")
    address = begin_thread(ana, body="\n\n".join(["A long story."] * 60))
    expect_state(ana, "live")
    bo.set_viewport_size({"width": 900, "height": 600})
    open_live(bo, address)
    bo.mouse.wheel(0, 300)
    bo.wait_for_timeout(300)
    before = bo.locator(".slot .body").first.bounding_box()

    for text in ("One.", "Two.", "Three."):
        reply(ana, text)
        expect(post(ana, text)).to_be_visible()

    pill = bo.get_by_role("button", name="3 new replies")
    expect(pill).to_be_in_viewport()
    assert bo.locator(".slot .body").first.bounding_box() == before
    expect(bo.locator("body")).to_be_focused()
    pill.click()
    expect(post(bo, "One.")).to_be_in_viewport()
    expect(pill).to_have_count(0)
