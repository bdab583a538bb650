"""A talk comes from a stranger's form to the schedule, by mails alone, without a script."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def link_of_mail(page: Page, subject: str) -> str:
    """The first link to the schedule in the newest mail with this subject, which a worker may still be writing."""
    for _ in range(40):
        page.goto("/mailbox/")
        _, found, text = page.locator("main").inner_text().partition(subject)
        if found and (links := re.findall(r"http://\S+(/webinars/(?:propose|speaker)/\S+)", text)):
            return str(links[0])
        time.sleep(0.5)
    raise AssertionError(f"no mail: {subject}")


def test_a_strangers_proposal_becomes_a_session_whose_speaker_edits_her_entry(
    open_browser: Callable[..., Page], signed_in: Callable[..., Page]
) -> None:
    imani, bo = open_browser(java_script_enabled=False), signed_in("bo", java_script_enabled=False)
    imani.goto("/webinars/")
    imani.get_by_role("link", name="Propose a talk or a speaker").click()
    imani.get_by_label("A speaker I know").check()
    imani.fill("[name=title]", "Gardens above the tram depot")
    imani.fill("[name=abstract]", "What grew on the roof, and what the roof bore.")
    imani.fill("[name=speaker_name]", "Sol Mamani")
    imani.fill("[name=speaker_role]", "Gardener")
    imani.fill("[name=speaker_email]", "sol@city.example")
    imani.fill("[name=name]", "Imani Odhiambo")
    imani.fill("[name=email]", "imani.odhiambo@city.example")
    imani.get_by_role("button", name="Send the proposal").click()
    expect(imani.locator("h1")).to_have_text("Look into your mail")
    imani.goto(link_of_mail(imani, "Confirm your proposal: Gardens above the tram depot"))
    imani.get_by_role("button", name="Confirm").click()
    expect(imani.locator("main")).to_contain_text("Organisers read it")
    state = imani.url

    bo.goto("/webinars/desk/proposals/")
    bo.get_by_role("link", name="Gardens above the tram depot").click()
    bo.get_by_label("Yes").check()
    bo.get_by_role("button", name="Vote", exact=True).click()
    expect(bo.locator("aside")).to_contain_text("Yes 1 · Maybe 0 · No 0")
    bo.get_by_role("button", name="Accept and make the draft").click()
    bo.locator(".notice.well a").click()
    expect(bo.locator("[name=title_en]")).to_have_value("Gardens above the tram depot")
    bo.locator("section:has(#entries)").get_by_role("link", name="Sol Mamani").click()
    expect(bo.locator("[name=email]")).to_have_value("sol@city.example")
    bo.get_by_role("button", name="Send the link").click()

    sol = open_browser(java_script_enabled=False)
    sol.goto(link_of_mail(sol, "You speak: Gardens above the tram depot"))
    sol.fill("[name=bio]", "Counts bees between two trams.")
    sol.get_by_role("button", name="Save", exact=True).click()
    expect(sol.locator(".messages")).to_contain_text("The entry is saved.")
    bo.reload()
    expect(bo.locator("aside.rail")).to_contain_text("Edited by the speaker:")

    bo.locator("main header a").click()
    bo.get_by_label("Who may see it").select_option("public")
    bo.get_by_role("button", name="Save", exact=True).click()
    imani.goto(state)
    imani.get_by_role("link", name="Gardens above the tram depot").click()
    expect(imani.locator("main")).to_contain_text("Counts bees between two trams.")
