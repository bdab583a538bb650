"""Passkeys by the browser's virtual authenticator, codes by a clock; and what axe says of the pages on the way."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.test_accessibility import PHONE, axe, too_wide
from tests.factories.codes import code_now

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECURITY = "/account/security/"


def is_cities(address: str) -> bool:
    """Not only as what comes next."""
    return urlsplit(address).path == "/cities/"


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    """A device that has her finger on it."""
    network = page.context.new_cdp_session(page)
    network.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = network.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return network, made["authenticatorId"]


def prove(page: Page) -> None:
    page.fill("input[name=password]", "frontline-demo")
    page.locator("form:has(input[name=password]) .button").click()


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.locator("main form .button").click()
    page.wait_for_url(lambda address: "logout" not in address)


def give_password(page: Page, name: str) -> None:
    page.goto("/account/login/?next=/cities/")
    page.fill("input[name=login]", f"{name}@frontline.example")
    page.fill("input[name=password]", "frontline-demo")
    page.locator("form:has(input[name=login]) button").first.click()
    page.wait_for_url("**/second-step/")


def wrong_on(page: Page) -> list[str]:
    return [*too_wide(page), *axe(page)]


def test_a_passkey_is_added_signs_in_alone_and_as_second_step_and_is_removed(signed_in: Callable[..., Page]) -> None:
    page = signed_in("kwame", anew=True, viewport=PHONE, reduced_motion="reduce")
    network, device = with_authenticator(page)
    wrong = []

    page.goto(SECURITY)
    page.get_by_role("link", name="Add a passkey").click()
    prove(page)
    page.fill("input[name=name]", "My phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    assert page.locator(".codes code").count() == 10
    wrong += wrong_on(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as a file").click()
    assert download.value.path().read_text().count("-") >= 30
    assert download.value.suggested_filename == "frontline-recovery-codes.txt"
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(f"**{SECURITY}")
    assert len(network.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    sign_out(page)
    page.goto("/account/login/?next=/cities/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(is_cities)

    sign_out(page)
    give_password(page, "kwame")
    wrong += wrong_on(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(is_cities)

    page.goto(SECURITY)
    wrong += wrong_on(page)
    page.get_by_role("link", name="My phone").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("h1")).to_have_text("My phone")
    wrong += wrong_on(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("main")).to_contain_text("The passkey is removed.")
    assert not wrong, "\n".join(wrong)


def test_a_browser_whose_user_refuses_says_so_and_stays(open_browser: Callable[..., Page]) -> None:
    page = open_browser()
    network, device = with_authenticator(page)
    network.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator("[data-passkey] [role=status]")).to_contain_text("No passkey was used", timeout=60_000)
    assert page.url.endswith("/account/login/")


def test_without_scripts_there_is_no_button_that_would_do_nothing(open_browser: Callable[..., Page]) -> None:
    page = open_browser(java_script_enabled=False)

    page.goto("/account/login/")

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


def test_an_app_is_connected_asked_for_and_removed(signed_in: Callable[..., Page]) -> None:
    page = signed_in("itzel", anew=True, viewport=PHONE)

    page.goto(f"{SECURITY}app/")
    prove(page)
    secret = page.locator(".secret").inner_text()
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    assert page.locator("img.qr").evaluate("image => image.naturalWidth") > 0
    page.fill("input[name=code]", code_now(secret))
    page.get_by_role("button", name="Connect the app").click()
    codes = page.locator(".codes code").all_inner_texts()
    sign_out(page)
    give_password(page, "itzel")
    page.fill("input[name=code]", codes[0])
    page.locator("form:has(input[name=code]) .button").click()
    page.wait_for_url(is_cities)
    page.goto(SECURITY)

    expect(page.locator("main")).to_contain_text("9 codes are left")
    page.get_by_role("button", name="Remove the app").click()
    prove(page)
    expect(page.locator("main")).to_contain_text("Connect an app")
