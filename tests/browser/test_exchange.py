"""Three cities go from a request to a published outcome; a stranger sees the card and nothing of the conversation."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def ask(page: Page, title: str) -> str:
    """Returns: the address of the request."""
    page.goto("/exchanges/")
    page.get_by_role("link", name="Ask other cities").click()
    page.fill("input[name=title]", title)
    page.select_option("select[name=theme]", index=1)
    page.fill("textarea[name=sought]", "We have 182 ravines and forty people. **Who shares the work?**")
    page.fill("input[name=needed_by]", (date.today() + timedelta(days=40)).isoformat())
    page.fill("input[name=tags]", "escaleras, quebradas")
    page.check("input[name=is_open_to_guests]")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/exchanges/*/*/**")
    return page.url.split("?")[0]


def respond(page: Page, address: str, text: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Respond for your city").click()
    page.fill("textarea[name=body]", text)
    page.get_by_role("button", name="Respond", exact=True).click()
    expect(page.locator(".posts")).to_contain_text(text)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_three_cities_go_from_a_request_to_a_published_outcome(
    scripts: bool, open_browser: Callable[..., Page], signed_in: Callable[..., Page]
) -> None:
    secret, title = f"hush{uuid4().hex[:8]}", f"Who keeps the ravines clear? {uuid4().hex[:6]}"
    quito, medellin, belfast = (signed_in(name, java_script_enabled=scripts) for name in ("ana", "juliana", "cai"))
    surat, guest = signed_in("kiran", java_script_enabled=scripts), open_browser(java_script_enabled=scripts)

    address = ask(quito, title)
    quito.get_by_role("link", name="Invite cities").click()
    medellin_row = quito.locator(".suggestions li", has_text="Medellín").first
    expect(medellin_row).to_contain_text("Works on: escaleras, quebradas")
    medellin_row.locator("input").check()
    quito.get_by_role("button", name="Invite", exact=True).click()
    expect(quito.locator("main")).to_contain_text("The invited cities respond")

    medellin.goto("/exchanges/")
    expect(medellin.locator("aside")).to_contain_text(title)
    respond(medellin, address, f"Ours is one page. {secret}")
    if scripts:  # the asker's open page hears it: the post, and whose turn it is
        expect(quito.locator(".posts")).to_contain_text(secret, timeout=20_000)
        expect(quito.locator("#part-turn")).to_contain_text("Choose with whom to go on", timeout=20_000)
    respond(belfast, address, f"Our wardens do. {secret}")

    quito.goto(address)
    quito.get_by_role("link", name="Match cities").click()
    for box in quito.locator("input[name=cities]").all():
        box.check()
    quito.get_by_role("button", name="Match", exact=True).click()
    expect(quito.locator("main")).to_contain_text("Agree on a time to meet")

    for outside in (surat, guest):
        outside.goto(address)
        expect(outside.locator("main")).to_contain_text("Who shares the work?")
        expect(outside.locator("main")).to_contain_text("Takes no more responses")
        assert "Belfast" not in outside.content()
        assert "Medellín" not in outside.content()
        assert sees(outside, address, secret) == []

    belfast.goto(address)
    belfast.get_by_role("button", name="We have met").click()
    belfast.get_by_role("link", name="Write the outcome").click()
    for name in ("title", "context", "tried", "result"):
        field = belfast.locator(f"[name={name}]")
        field.fill(f"What {name} taught us: the day after, with names.")
    belfast.get_by_role("button", name="Save", exact=True).click()
    for city in (belfast, quito, medellin):
        assert guest.request.get(f"{address}outcome/").status == 404
        city.goto(f"{address}outcome/")
        city.get_by_role("button", name="We agree: publish it").click()

    for outside in (surat, guest):
        outside.goto(f"{address}outcome/")
        expect(outside.locator("main")).to_contain_text("What result taught us")
        expect(outside.locator("main")).to_contain_text("Medellín")
        assert sees(outside, address, secret) == []


def sees(page: Page, address: str, secret: str) -> list[str]:
    """Where, of all that leads there, this reader finds the secret."""
    exchange_id = address.split("/exchanges/")[1].split("/")[0]
    places = ["/", "/exchanges/", "/exchanges/outcomes/", "/forums/", address, f"{address}changes?since=0"]
    places += ["/members/juliana/", "/members/cai/", "/cities/medellin/", "/cities/belfast/", "/forums/peer-exchange/"]
    places += [f"/exchanges/{exchange_id}/do/match/", f"/exchanges/{exchange_id}/do/conclude/"]
    return [place for place in places if secret in page.request.get(place).text()]
