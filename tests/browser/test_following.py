"""Following, bookmarks and drafts, as a member does them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.community.facts.site import wait_until

pytestmark = pytest.mark.browser


def first_thread(page: Page, forum: str) -> str:
    page.goto(f"/forums/{forum}/")
    page.locator(".rows h3 a").first.click()
    page.wait_for_url("**/threads/**")
    return page.url.split("#")[0].split("?")[0]


def test_who_watches_a_thread_is_told_in_the_header_while_she_reads_elsewhere(
    signed_in: Callable[..., Page],
) -> None:
    bo, cai = signed_in("bo"), signed_in("cai")
    bo.goto("/notifications/")
    bo.evaluate("document.querySelector('form#deeds').requestSubmit()")  # mark all as read
    thread = first_thread(cai, "heat")
    bo.goto(thread)

    bo.locator("details.follow summary").focus()
    bo.keyboard.press("Enter")
    bo.locator("details.follow button[value='3']").focus()
    bo.keyboard.press("Enter")
    expect(bo.locator("details.follow summary")).to_contain_text("Watching")
    bo.goto("/cities/")
    for number in (1, 2):
        cai.goto(thread)
        cai.fill("textarea[name=body]", f"We measured it again, {number}.")
        cai.get_by_role("button", name="Reply", exact=True).click()
        expect(cai.locator(".posts")).to_contain_text(f"We measured it again, {number}.")

    expect(bo.locator("[data-menu] summary .badge").first).to_contain_text("1", timeout=20_000)
    bo.goto("/notifications/")
    wait_until(lambda: bo.reload() and "2 new replies in" in bo.locator(".rows").inner_text())
    expect(bo.locator(".rows")).to_contain_text("Because you watch this thread")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_post_is_bookmarked_with_a_note_and_a_reminder(scripts: bool, signed_in: Callable[..., Page]) -> None:
    page = signed_in("bo", java_script_enabled=scripts)
    first_thread(page, "waste" if scripts else "finance")
    slot = page.locator(".slot").first

    slot.get_by_role("button", name="Bookmark").click()
    slot.get_by_role("link", name="Bookmarked").click()
    page.get_by_label("Note").fill(f"For the budget {scripts}")
    page.get_by_label("Tomorrow at nine").check()
    page.get_by_role("button", name="Save").click()

    row = page.locator(".rows > li", has_text=f"For the budget {scripts}")
    expect(row.locator(".chip.waits time")).to_have_count(1)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)


def test_two_devices_show_both_drafts_beside_each_other_and_join_them(signed_in: Callable[..., Page]) -> None:
    here, there = signed_in("bo"), signed_in("bo")
    here.goto("/forums/housing/new/")
    there.goto("/forums/housing/new/")
    with here.expect_response("**/drafts/"):
        here.fill("textarea[name=body]", "Begun on the train.")
    with there.expect_response("**/drafts/") as answered:
        there.fill("textarea[name=body]", "Begun on the bus.")
    assert answered.value.status == 409

    texts = there.locator("[data-draft-choice] blockquote")
    expect(texts).to_have_text(["Begun on the bus.", "Begun on the train."])
    with there.expect_response("**/drafts/") as settled:
        there.get_by_role("button", name="Join both").click()

    assert settled.value.status == 200
    here.goto("/account/drafts/")
    row = here.locator(".rows > li", has_text="Begun on the bus.")
    expect(row).to_contain_text("Begun on the train.")
    row.get_by_role("button", name="Discard").click()
    here.get_by_role("button", name="Bring back").click()
    expect(here.locator(".rows > li", has_text="Begun on the bus.").get_by_role("link").first).to_be_visible()


def test_a_draft_is_discarded_by_its_button_and_does_not_come_back(signed_in: Callable[..., Page]) -> None:
    page = signed_in("cai")
    page.goto("/forums/heat/new/")
    page.fill("textarea[name=body]", "Never mind.")

    page.get_by_role("button", name="Discard draft").click()
    expect(page.locator(".messages")).to_contain_text("Your draft is discarded.")
    page.goto("/forums/heat/new/")

    expect(page.locator("textarea[name=body]")).to_have_value("")
