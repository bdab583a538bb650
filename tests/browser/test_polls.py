"""A poll on open pages, and what helps those who write and read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import begin_thread, open_live, reply

pytestmark = pytest.mark.browser
SignIn = Callable[..., Page]


def begin_poll(page: Page, *, results: str) -> str:
    """A thread with a poll, asked on one form. Returns its address for others."""
    page.goto("/forums/floods/new/")
    page.locator(".poll-fields summary").click()
    page.fill("input[name=poll-question]", "Which footbridge first?")
    page.fill("textarea[name=poll-options]", "North\nMarket")
    page.select_option("select[name=poll-results]", results)
    return begin_here(page)


def begin_here(page: Page) -> str:
    page.fill("input[name=title]", "Which footbridge do we mend")
    page.fill("textarea[name=body]", "One of them, this year.")
    page.locator("form.write .foot .button:not([name=preview], [formaction])").last.click()
    page.wait_for_url("**/threads/**")
    return page.url.split("?")[0].split("#")[0]


def vote(page: Page, option: str) -> None:
    page.locator(".poll label", has_text=option).click()
    page.locator(".poll button").click()


def test_counts_change_on_open_pages_while_others_choose(signed_in: SignIn, open_browser: Callable[..., Page]) -> None:
    ana, cai, guest = signed_in("ana"), signed_in("cai"), open_browser()
    address = begin_poll(ana, results="always")
    open_live(cai, address)
    open_live(guest, address)
    open_live(ana, address)
    ana.locator(".poll label", has_text="North").click()

    vote(cai, "Market")

    expect(cai.locator(".own-vote")).to_contain_text("Market")
    expect(guest.locator(".poll")).to_contain_text("1 member has voted")
    expect(guest.locator(".poll .options li", has_text="Market")).to_contain_text("100 %")
    expect(ana.locator(".poll .options li", has_text="Market")).to_contain_text("100 %")
    expect(ana.get_by_label("North")).to_be_checked()  # what she had begun to choose


def test_who_has_voted_sees_results_that_others_do_not(signed_in: SignIn) -> None:
    ana, cai = signed_in("ana"), signed_in("cai")
    address = begin_poll(ana, results="voted")
    open_live(ana, address)
    open_live(cai, address)

    vote(cai, "Market")

    expect(cai.locator(".poll .options li", has_text="Market")).to_contain_text("100 %")
    expect(ana.locator(".poll")).to_contain_text("1 member has voted")
    assert "%" not in ana.locator(".poll").inner_text()
    vote(ana, "North")
    expect(cai.locator(".poll .options li", has_text="North")).to_contain_text("50 %", timeout=15_000)

    ana.locator(".rail button", has_text="Close the poll").click()

    expect(cai.locator(".poll .chip")).to_have_text("Closed")
    expect(cai.locator(".poll input")).to_have_count(0)


def test_a_poll_without_a_script(signed_in: SignIn) -> None:
    ana = signed_in("ana", java_script_enabled=False)
    begin_poll(ana, results="voted")

    vote(ana, "North")

    expect(ana.locator(".own-vote")).to_contain_text("North")
    expect(ana.locator(".poll .options li", has_text="North")).to_contain_text("100 %")


def test_an_edited_post_leads_to_what_was_changed(signed_in: SignIn) -> None:
    ana = signed_in("ana")
    address = begin_thread(ana)
    ana.goto(address)
    reply(ana, "Two pumps.")
    post = ana.locator(".slot", has=ana.locator(".body", has_text="Two pumps."))
    post.get_by_role("link", name="Edit", exact=True).click()
    ana.fill("textarea[name=body]", "Three pumps.")
    ana.fill("input[name=reason]", "Counted again.")
    ana.get_by_role("button", name="Save").click()

    ana.get_by_role("link", name="Edited").first.click()

    expect(ana.locator(".version").first.locator("ins")).to_have_text("Three")
    expect(ana.locator(".version").first).to_contain_text("Counted again.")


def test_threads_alike_are_offered_while_a_title_is_typed(signed_in: SignIn) -> None:
    cai = signed_in("cai")
    cai.goto("/forums/floods/new/")

    cai.locator("input[name=title]").press_sequentially("Which flood sensors survived monsoons", delay=5)

    expect(cai.locator("[data-similar]")).to_contain_text("You may be answered here already")
    cai.locator("[data-similar] a").first.click()
    expect(cai.locator("h1")).to_contain_text("flood sensors")


def test_a_vote_for_nothing_is_asked_once_more_by_the_plain_form_which_says_why(signed_in: SignIn) -> None:
    ana = signed_in("ana")
    open_live(ana, begin_poll(ana, results="always"))
    votes = []
    ana.on("request", lambda request: votes.append(request.url) if "/poll/vote/" in request.url else None)

    ana.locator(".poll button").click()

    expect(ana.get_by_text("Choose an option first.")).to_be_visible()
    assert len(votes) == 2
