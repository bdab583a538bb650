"""An organiser moves a session without JavaScript: she reads the mails, goes back, and loses nothing of her note."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
NOTE = "Bring water.\n\nThe hall is warm."


def press(page: Page, deed: str) -> None:
    with page.expect_navigation():
        page.locator(f"main [name=deed][value={deed}]").click()


def test_going_back_and_forth_between_a_session_and_its_mails_keeps_all_lines(
    things: dict[str, str], signed_in: Callable[..., Page]
) -> None:
    bo = signed_in("bo", anew=True, java_script_enabled=False)
    bo.goto(f"/webinars/desk/{things['coming id']}/")
    abstract = bo.locator("[name=abstract_en]").input_value() + "\n\nA second thought."
    bo.fill("[name=abstract_en]", abstract)
    with bo.expect_navigation():
        bo.locator("main form.write .button").click()

    expect(bo.locator("h1")).to_have_text("Whom to tell, and what")
    bo.fill("[name=telling-note_en]", NOTE)
    press(bo, "back")
    expect(bo.locator("[name=abstract_en]")).to_have_value(abstract)
    with bo.expect_navigation():
        bo.locator("main form.write .button").click()
    expect(bo.locator("[name=telling-note_en]")).to_have_value(NOTE)
    for whom in ("mail-en", "speaker-mail-en"):
        expect(bo.locator(f"article[aria-describedby={whom}]")).to_contain_text("The hall is warm.")
    press(bo, "tell")

    expect(bo).to_have_url(re.compile(r"/webinars/desk/\d+/$"))
    expect(bo.locator("[name=abstract_en]")).to_have_value(abstract)
